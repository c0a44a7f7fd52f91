package io.github.trimaran.examples.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.examples.web.Limits;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** A server for tests, on a free port, and a client that asks it. */
final class Served implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  /** Bodies and times are small, so that tests of them are quick. */
  static final Limits LIMITS = new Limits(1 << 20, 8 << 20, 64, 32, 5, 2);

  final Path folder;
  private final Backend<?> backend;
  private final Serving serving;
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(Path folder, int port) throws IOException {
    this.folder = folder;
    backend = Backends.get("cpu", BackendOptions.defaults().withThreads(2));
    ServeSettings settings =
        new ServeSettings(
            "test",
            "127.0.0.1",
            port,
            "cpu",
            2,
            folder,
            new DataFolder(folder.resolve("no-data")),
            29);
    serving = Serving.start(settings, LIMITS, SavedModel.embedded(), backend);
  }

  static Served start(Path folder) throws IOException {
    return new Served(folder, 0);
  }

  static Served start(Path folder, int port) throws IOException {
    return new Served(folder, port);
  }

  URI uri() {
    return serving.uri();
  }

  /** An answer. */
  record Answer(int status, JsonNode json) {}

  Answer post(String path, String type, byte[] body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri().resolve("/api/v1/" + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  Answer postJson(String path, Object json) throws IOException, InterruptedException {
    return post(path, "application/json", JSON.writeValueAsBytes(json));
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri().resolve("/api/v1/" + path)));
  }

  /** What is no JSON. */
  byte[] bytes(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri().resolve("/api/v1/" + path)).build();
    return client.send(request, BodyHandlers.ofByteArray()).body();
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri().resolve("/api/v1/" + path)).DELETE());
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  /** Follows a job to its end. */
  JsonNode awaited(String job) throws IOException, InterruptedException {
    for (int i = 0; i < 1_200; i++) {
      JsonNode now = get("jobs/" + job).json();
      if (!List.of("queued", "running").contains(now.get("state").asText())) {
        return now;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("job " + job + " does not end");
  }

  /** Arrays that the backend holds. */
  long liveArrays() {
    return backend.liveArrays();
  }

  /** A digit as large as the paper. */
  static byte[] drawing(int digit) throws IOException {
    return drawing(digit, 280);
  }

  /** The same at another size, such as the page sends it in. */
  static byte[] drawing(int digit, int side) throws IOException {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.scale(side / 280.0, side / 280.0);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 280, 280);
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(20, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (List<int[]> stroke : DigitStrokes.of(digit)) {
      Path2D path = new Path2D.Double();
      path.moveTo(stroke.get(0)[0], stroke.get(0)[1]);
      stroke.forEach(point -> path.lineTo(point[0], point[1]));
      graphics.draw(path);
    }
    graphics.dispose();
    return Pictures.png(picture);
  }

  @Override
  public void close() {
    serving.close();
    backend.close();
  }
}
