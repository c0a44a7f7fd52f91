package io.github.trimaran.examples.serve;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.examples.web.JsonBody;
import io.github.trimaran.examples.web.Request;
import io.github.trimaran.examples.web.Response;
import io.github.trimaran.examples.web.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the view <em>Draw</em> asks for: answers, changes, corrections. */
final class DigitRoutes {

  private static final String LABEL = "label";

  private final DigitReader reader;
  private final Corrections corrections;
  private final TunedNetworks tuned;

  DigitRoutes(DigitReader reader, Corrections corrections, TunedNetworks tuned) {
    this.reader = reader;
    this.corrections = corrections;
    this.tuned = tuned;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/network", request -> Response.json(network()))
        .post("/api/v1/network", this::keep)
        .delete("/api/v1/network", request -> restored())
        .post("/api/v1/digits", this::look)
        .post("/api/v1/changes", this::change)
        .get("/api/v1/corrections", request -> Response.json(corrections()))
        .post("/api/v1/corrections", this::correct)
        .post("/api/v1/fine-tunings", request -> Response.accepted(tuned.start()))
        .delete("/api/v1/fine-tunings/{id}", this::drop);
  }

  private Map<String, Object> network() {
    Map<String, Object> json = reader.ask(DigitRoutes::about);
    json.put("backend", reader.backend().info().name());
    json.put("tuned", tuned.isTuned());
    return json;
  }

  private static Map<String, Object> about(DigitNetwork network) {
    SavedModel saved = network.saved();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", saved.settings().network().label());
    json.put("trained_on", saved.trainedOn());
    json.put("classes", saved.settings().classNames());
    json.put("parameters", network.network().numParameters());
    return json;
  }

  private Response look(Request request) throws HttpProblem {
    long start = System.nanoTime();
    HostArray digit = Digits.of(request);
    DigitLook look = reader.ask(network -> network.look(digit));
    Classified answer = look.answer();
    List<Map<String, Object>> layers = new ArrayList<>();
    for (DigitLook.Given layer : look.layers()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", layer.name());
      json.put("kind", layer.kind());
      json.put("values", PlaneJson.of(layer.values()));
      layers.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(LABEL, answer.label());
    json.put("classes", answer.names());
    json.put("probabilities", answer.probabilities());
    json.put(Digits.SEEN, PlaneJson.ofPixels(digit));
    json.put("saliency", PlaneJson.of(look.saliency()));
    json.put("layers", layers);
    json.put("milliseconds", (System.nanoTime() - start) / 1e6);
    return Response.json(json);
  }

  private Response change(Request request) throws HttpProblem {
    HostArray digit = Digits.of(request);
    return reader
        .ask(network -> network.change(digit).map(change -> json(change, network)))
        .map(Response::json)
        .orElseThrow(
            () -> new HttpProblem(HttpProblem.UNUSABLE, "no small change turns the answer"));
  }

  private static Map<String, Object> json(SmallestChange.Found change, DigitNetwork network) {
    List<String> names = network.saved().settings().classNames();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", names.get(change.from()));
    json.put("to", names.get(change.to()));
    json.put("distance", change.distance());
    json.put(Digits.SEEN, PlaneJson.ofPixels(change.pixels()));
    return json;
  }

  private Response correct(Request request) throws HttpProblem {
    JsonBody body = request.json();
    corrections.add(Digits.of(body), body.text(LABEL));
    return Response.json(corrections());
  }

  private Map<String, Object> corrections() throws HttpProblem {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folder", corrections.folder().toString());
    json.put("counts", corrections.counts());
    return json;
  }

  private Response keep(Request request) throws HttpProblem {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("saved", tuned.keep(request.json().text("job")).toString());
    json.putAll(network());
    return Response.json(json);
  }

  private Response restored() {
    tuned.restore();
    return Response.json(network());
  }

  private Response drop(Request request) throws HttpProblem {
    tuned.drop(request.variable("id"));
    return Response.json(network());
  }
}
