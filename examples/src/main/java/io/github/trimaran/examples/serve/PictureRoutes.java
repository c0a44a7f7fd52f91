package io.github.trimaran.examples.serve;

import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.pictures.StyleRun;
import io.github.trimaran.examples.pictures.VisualizationRun;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.examples.web.JsonBody;
import io.github.trimaran.examples.web.Request;
import io.github.trimaran.examples.web.Response;
import io.github.trimaran.examples.web.Routes;
import io.github.trimaran.vision.style.StyleSettings;
import io.github.trimaran.vision.visualize.VisualizationSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the views <em>Style</em> and <em>Classes</em> ask for. */
final class PictureRoutes {

  private static final int SMALLEST_SIDE = 64;
  private static final int USUAL_SIDE = 192;
  private static final int MOST_STEPS = 1_000;
  private static final int USUAL_STYLE_STEPS = 100;
  private static final double MOST_WEIGHT = 1_000;

  private final PictureMaking making;
  private final PictureShelf shelf;
  private final Jobs jobs;

  PictureRoutes(PictureMaking making, PictureShelf shelf, Jobs jobs) {
    this.making = making;
    this.shelf = shelf;
    this.jobs = jobs;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/weights", request -> Response.json(about(weights())))
        .get("/api/v1/pictures", request -> Response.json(Map.of("pictures", shelf.names())))
        .get(
            "/api/v1/pictures/{name}",
            request -> Response.of("image/png", shelf.shown(request.variable("name"))))
        .get("/api/v1/jobs/{id}/picture", this::picture)
        .post("/api/v1/styles", request -> Response.accepted(style(request.json())))
        .post("/api/v1/classes", request -> Response.accepted(visualize(request.json())));
  }

  private Pretrained weights() throws HttpProblem {
    try {
      return making.weights();
    } catch (IOException | InputException e) {
      throw new HttpProblem(HttpProblem.CONFLICT, e.getMessage());
    }
  }

  private static Map<String, Object> about(Pretrained weights) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", weights.facts().name());
    json.put("source", weights.facts().source());
    json.put("classes", weights.classes());
    if (!weights.facts().source().equals("real")) {
      json.put(
          "note",
          "These weights are the program's own, of small photographs. './trimaran data get"
              + " squeezenet' fetches those of ImageNet; start the server again after it");
    }
    return json;
  }

  private Response picture(Request request) throws HttpProblem {
    byte[] png = jobs.get(request.variable("id")).png();
    if (png == null) {
      throw new HttpProblem(HttpProblem.NOT_FOUND, "there is no picture of that job yet");
    }
    return Response.of("image/png", png);
  }

  private Job.Status style(JsonBody body) throws HttpProblem {
    StyleSettings usual = weights().style();
    StyleSettings settings =
        usual
            .withIterations(body.integer("iterations", 1, MOST_STEPS, USUAL_STYLE_STEPS))
            .withStart(chosen(body, "start", StyleSettings.Start.values(), usual.start()))
            .withMethod(
                chosen(body, "optimizer", StyleSettings.Method.values(), usual.method()),
                usual.learningRate())
            .withPreserveColours(body.bool("preserve_colours", usual.preserveColours()))
            .withWeights(
                body.number("content_weight", 0, MOST_WEIGHT, usual.contentWeight()),
                body.number("variation_weight", 0, MOST_WEIGHT, usual.variationWeight()));
    StyleRun run =
        new StyleRun(
            shelf.chosen(body, "content", PictureShelf.CONTENT),
            shelf.chosen(body, "style", PictureShelf.STYLE),
            body.integer("size", SMALLEST_SIDE, PictureShelf.MOST_SIDE, USUAL_SIDE),
            settings,
            0);
    return jobs.submit("style", job -> making.style(run, job));
  }

  private static <E extends Enum<E>> E chosen(JsonBody body, String name, E[] all, E usual)
      throws HttpProblem {
    Map<String, E> byLabel = new LinkedHashMap<>();
    for (E one : all) {
      byLabel.put(label(one), one);
    }
    return byLabel.get(body.choice(name, List.copyOf(byLabel.keySet()), label(usual)));
  }

  private static String label(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }

  private Job.Status visualize(JsonBody body) throws HttpProblem {
    int index;
    VisualizationSettings settings;
    try {
      index = weights().classIndex(body.text("class"));
      settings = making.visualization(body.bool("plain", false));
    } catch (IllegalArgumentException e) {
      throw new HttpProblem(HttpProblem.UNUSABLE, e.getMessage());
    } catch (IOException e) {
      throw new HttpProblem(HttpProblem.CONFLICT, e.getMessage());
    }
    VisualizationRun run =
        new VisualizationRun(
            settings.withIterations(
                body.integer("iterations", 1, MOST_STEPS, settings.iterations())),
            "class");
    return jobs.submit("class", job -> making.visualize(run, index, job));
  }
}
