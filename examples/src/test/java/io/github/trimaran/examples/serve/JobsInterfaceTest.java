package io.github.trimaran.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Style transfers, pictures of classes and trainings over the interface, with the queue. */
@Tag("one-jdk")
class JobsInterfaceTest extends ServedTest {

  private static String begun(String path, Map<String, Object> body) throws Exception {
    Served.Answer answer = served.postJson(path, body);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    return answer.json().get("id").asText();
  }

  private static BufferedImage picture(String address) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(served.bytes(address)));
  }

  /** A picture of one's own, twice as wide as high. */
  private static String own() throws IOException {
    BufferedImage picture = new BufferedImage(160, 80, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(20, 10, 100, 60);
    graphics.dispose();
    return Base64.getEncoder().encodeToString(Pictures.png(picture));
  }

  @Test
  void makesAPictureInTheStyleOfAnother() throws Exception {
    String job =
        begun(
            "styles",
            Map.of("content_picture", own(), "style", "strokes", "size", 64, "iterations", 6));
    JsonNode end = served.awaited(job);
    assertThat(end.get("state").asText()).as(end.get("note").asText()).isEqualTo("done");
    JsonNode losses = end.at("/curves/loss/y");
    assertThat(losses).hasSize(7);
    assertThat(losses.get(6).asDouble()).isLessThan(losses.get(0).asDouble());
    assertThat(end.at("/result/loss_last").asDouble()).isEqualTo(losses.get(6).asDouble());
    BufferedImage made = picture("jobs/" + job + "/picture");
    assertThat(List.of(made.getWidth(), made.getHeight())).containsExactly(64, 32);
  }

  @Test
  void makesThePictureOfAClass() throws Exception {
    String job = begun("classes", Map.of("class", "frog", "iterations", 4));
    JsonNode end = served.awaited(job);
    assertThat(end.get("state").asText()).as(end.get("note").asText()).isEqualTo("done");
    JsonNode scores = end.at("/curves/score/y");
    assertThat(scores).hasSize(8);
    assertThat(scores.get(7).asDouble()).isGreaterThan(scores.get(0).asDouble());
    assertThat(end.at("/result/class").asText()).isEqualTo("frog");
    assertThat(picture("jobs/" + job + "/picture").getWidth()).isEqualTo(64);
  }

  @Test
  void tellsWhichWeightsAndPicturesThereAre() throws Exception {
    JsonNode weights = served.get("weights").json();
    assertThat(weights.get("source").asText()).isEqualTo("embedded");
    assertThat(weights.get("note").asText()).contains("data get squeezenet");
    assertThat(weights.get("classes")).hasSize(10);
    assertThat(served.get("pictures").json().get("pictures").toString())
        .isEqualTo("[\"landscape\",\"strokes\"]");
    assertThat(picture("pictures/landscape").getWidth()).isEqualTo(320);
    for (String name : List.of("none", "..%2Fweights", "passwd")) {
      assertThat(served.get("pictures/" + name).status()).as(name).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "styles, size, 5000, 400",
    "styles, size, 64.5, 400",
    "styles, iterations, 0, 400",
    "styles, start, middle, 400",
    "styles, preserve_colours, yes, 400",
    "styles, content_weight, -1, 400",
    "styles, content, nothing, 404",
    "styles, content_picture, bm8gcGljdHVyZQ==, 422",
    "classes, class, unicorn, 422",
    "classes, iterations, 5, 400",
    "trainings, data, imagenet, 400",
    "trainings, network, record, 400",
    "trainings, epochs, 101, 400",
    "trainings, learning_rate, 0, 400",
    "trainings, optimizer, magic, 400"
  })
  void refusesWhatItCannotDo(String path, String field, String value, int status) throws Exception {
    Object sent = value.matches("-?[0-9.]+") ? Served.JSON.readTree(value) : value;
    Served.Answer answer = served.postJson(path, Map.of(field, sent));
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
    assertThat(answer.json().get("error").asText()).isNotBlank();
  }

  @Test
  void oneRunsAndOthersWaitForIt() throws Exception {
    String first = begun("styles", Map.of("size", 64, "iterations", 1000));
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(begun("styles", Map.of("size", 64, "iterations", 1)));
    }
    JsonNode last = served.get("jobs/" + waiting.get(7)).json();
    assertThat(last.get("state").asText()).isEqualTo("queued");
    assertThat(last.get("ahead").asInt()).isBetween(7, 8);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      statuses.add(served.postJson("styles", Map.of("size", 64, "iterations", 1)).status());
    }
    assertThat(statuses).as("the queue is full").contains(503);
    for (JsonNode job : served.get("jobs").json().get("jobs")) {
      served.delete("jobs/" + job.get("id").asText());
    }
    assertThat(served.awaited(first).get("state").asText()).isEqualTo("cancelled");
    assertThat(served.awaited(waiting.get(7)).get("state").asText()).isEqualTo("cancelled");
    assertThat(served.get("jobs/" + waiting.get(7) + "/picture").status()).isEqualTo(404);
  }

  @Test
  void trainsWithChosenSettings() throws Exception {
    JsonNode usual = served.get("trainings").json().at("/data/mnist");
    assertThat(usual.get("network").asText()).isEqualTo("basic");
    assertThat(usual.get("source").asText()).isEqualTo("embedded");
    String job =
        begun(
            "trainings",
            Map.of(
                "data",
                "mnist",
                "network",
                "mlp",
                "num_training",
                400,
                "epochs",
                2,
                "batch_size",
                20,
                "learning_rate",
                0.002));
    JsonNode end = served.awaited(job);
    assertThat(end.get("state").asText()).as(end.get("note").asText()).isEqualTo("done");
    assertThat(end.at("/curves/loss/x")).hasSize(40);
    assertThat(end.at("/curves/validation accuracy/x").toString()).isEqualTo("[1.0,2.0]");
    assertThat(end.at("/result/test_accuracy").asDouble()).isBetween(0.3, 1.0);
    assertThat(end.at("/result/test_size").asInt()).isEqualTo(1_000);
    assertThat(Path.of(end.at("/result/saved").asText())).exists();
    assertThat(end.at("/shown/filters/shape").toString()).isEqualTo("[64,1,28,28]");
    assertThat(end.at("/shown/speed/images_per_second").asDouble()).isPositive();
    JsonNode mistakes = end.at("/shown/mistakes");
    assertThat(mistakes).isNotEmpty();
    double before = 1;
    for (JsonNode mistake : mistakes) {
      assertThat(mistake.get("label").asText()).isNotEqualTo(mistake.get("predicted").asText());
      assertThat(mistake.get("probability").asDouble()).isBetween(0.1, before);
      before = mistake.get("probability").asDouble();
      assertThat(mistake.at("/pixels/shape").toString()).isEqualTo("[1,28,28]");
    }
  }
}
