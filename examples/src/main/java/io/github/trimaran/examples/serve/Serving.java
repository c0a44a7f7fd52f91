package io.github.trimaran.examples.serve;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.examples.web.Limits;
import io.github.trimaran.examples.web.Metrics;
import io.github.trimaran.examples.web.Response;
import io.github.trimaran.examples.web.Routes;
import io.github.trimaran.examples.web.WebServer;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The page and its interface, served.
 *
 * <pre>{@code
 * try (Serving serving = Serving.start(settings, SavedModel.embedded(), backend)) {
 *   System.out.println(serving.uri());
 * }
 * }</pre>
 */
public final class Serving implements AutoCloseable {

  private final DigitReader reader;
  private final Comparison comparison;
  private final Jobs jobs = new Jobs();
  private final Workshop workshop;
  private final WebServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Serving(ServeSettings settings, Limits limits, SavedModel digits, Backend<?> backend)
      throws IOException {
    reader = new DigitReader(digits, backend);
    comparison = new Comparison(reader, settings.threads());
    workshop = new Workshop(backend.info().name(), settings.threads());
    WebServer started;
    Metrics metrics = new Metrics();
    Routes routes = new Routes();
    Page.addTo(routes);
    Corrections corrections =
        new Corrections(settings.folder().resolve("corrections"), digits.settings().classNames());
    new DigitRoutes(
            reader, corrections, new TunedNetworks(reader, corrections, jobs, workshop, settings))
        .addTo(routes);
    new Trainings(settings, workshop, jobs).addTo(routes);
    new PictureRoutes(
            new PictureMaking(settings, workshop), new PictureShelf(settings.data()), jobs)
        .addTo(routes);
    routes
        .post("/api/v1/comparisons", request -> Response.json(comparison.of(Digits.of(request))))
        .get("/api/v1/health", request -> health(settings, metrics))
        .get("/api/v1/metrics", request -> Response.text("text/plain", metrics.text()))
        .get("/api/v1/jobs", request -> Response.json(Map.of("jobs", jobs.all())))
        .get("/api/v1/jobs/{id}", request -> Response.json(jobs.status(request.variable("id"))))
        .delete("/api/v1/jobs/{id}", request -> Response.json(jobs.cancel(request.variable("id"))));
    try {
      started = WebServer.start(settings.host(), settings.port(), limits, routes, metrics);
    } catch (IOException e) {
      closeWork();
      throw e;
    }
    server = started;
  }

  /**
   * Serves until closed.
   *
   * @param digits the network that reads digits
   * @param backend that answers; stays the caller's to close
   * @throws IOException if the port is taken, or the host not this machine's
   */
  public static Serving start(ServeSettings settings, SavedModel digits, Backend<?> backend)
      throws IOException {
    return start(settings, Limits.standard(), digits, backend);
  }

  /** The same with other limits. */
  public static Serving start(
      ServeSettings settings, Limits limits, SavedModel digits, Backend<?> backend)
      throws IOException {
    DigitNetwork.requireDigits(digits);
    Digits.warmUp();
    return new Serving(settings, limits, digits, backend);
  }

  private static Response health(ServeSettings settings, Metrics metrics) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", "ok");
    json.put("trimaran", settings.version());
    json.put("api", 1);
    json.put("backend", settings.backend());
    json.put("uptime_seconds", metrics.uptimeSeconds());
    return Response.json(json);
  }

  /** Where the page is. */
  public URI uri() {
    return server.uri();
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return server.isLoopback();
  }

  /** Where other machines reach it, if it listens on all addresses of this one; else empty. */
  public List<URI> addresses() throws SocketException {
    return server.addresses();
  }

  /** Stops listening, cancels jobs, and closes networks. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    server.close();
    closeWork();
  }

  private void closeWork() {
    jobs.close();
    workshop.close();
    comparison.close();
    reader.close();
  }

  /** The long work of this server. */
  Jobs jobs() {
    return jobs;
  }
}
