package io.github.trimaran.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the view Draw gets from the interface. */
class DrawInterfaceTest extends ServedTest {

  private static JsonNode look(int digit) throws IOException, InterruptedException {
    Served.Answer answer = served.post("digits", "image/png", Served.drawing(digit));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void readsTenDifferentDigits() throws Exception {
    List<String> answers = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      answers.add(look(digit).get("label").asText());
    }
    assertThat(answers).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void showsWhatTheNetworkSeesAndEachLayer() throws Exception {
    JsonNode look = look(7);
    double sum = 0;
    for (JsonNode probability : look.get("probabilities")) {
      sum += probability.asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    assertThat(look.get("seen").get("bytes").binaryValue()).hasSize(784);
    assertThat(look.get("saliency").get("shape").toString()).isEqualTo("[28,28]");
    List<String> layers = new ArrayList<>();
    look.get("layers").forEach(l -> layers.add(l.get("name").asText() + l.at("/values/shape")));
    assertThat(layers)
        .containsExactly(
            "conv1[32,28,28]",
            "relu1[32,28,28]",
            "pool1[32,14,14]",
            "fc1[100]",
            "relu2[100]",
            "fc2[10]");
    assertThat(look.at("/layers/1/values/low").asDouble()).isZero();
    assertThat(look.at("/layers/0/values/low").asDouble()).isNegative();
  }

  /** The network's own pixels give the same answer as the picture they were made of. */
  @Test
  void takesWhatItSawAsWell() throws Exception {
    JsonNode look = look(3);
    Served.Answer again =
        served.postJson("digits", Map.of("seen", look.at("/seen/bytes").asText()));
    assertThat(again.status()).isEqualTo(200);
    for (int i = 0; i < 10; i++) {
      // Rounded to grey levels it is not quite the same picture.
      assertThat(again.json().at("/probabilities/" + i).asDouble())
          .isCloseTo(look.at("/probabilities/" + i).asDouble(), within(0.01));
    }
  }

  @Test
  void findsASmallChangeThatTurnsTheAnswer() throws Exception {
    JsonNode look = look(4);
    byte[] before = look.at("/seen/bytes").binaryValue();
    Served.Answer answer =
        served.postJson("changes", Map.of("seen", look.at("/seen/bytes").asText()));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode change = answer.json();
    assertThat(change.get("from").asText()).isEqualTo("4");
    byte[] after = change.at("/seen/bytes").binaryValue();
    JsonNode turned =
        served.postJson("digits", Map.of("seen", change.at("/seen/bytes").asText())).json();
    assertThat(turned.get("label").asText()).isEqualTo(change.get("to").asText()).isNotEqualTo("4");
    double squares = 0;
    for (int i = 0; i < 784; i++) {
      squares += Math.pow((after[i] & 255) - (before[i] & 255), 2);
    }
    assertThat(Math.sqrt(squares) / 255).isCloseTo(change.get("distance").asDouble(), within(1e-9));
    // The norm of the digit itself is about 9: another digit altogether is further away.
    assertThat(change.get("distance").asDouble()).isBetween(0.1, 4.0);
  }

  /** Nine tenths of the way, the answer has not turned yet: the change is no larger than needed. */
  @Test
  void theChangeIsNoLargerThanItMustBe() throws Exception {
    JsonNode look = look(0);
    byte[] before = look.at("/seen/bytes").binaryValue();
    JsonNode change =
        served.postJson("changes", Map.of("seen", look.at("/seen/bytes").asText())).json();
    byte[] after = change.at("/seen/bytes").binaryValue();
    byte[] almost = new byte[784];
    for (int i = 0; i < 784; i++) {
      int from = before[i] & 255;
      almost[i] = (byte) Math.round(from + 0.9 * ((after[i] & 255) - from));
    }
    String encoded = Base64.getEncoder().encodeToString(almost);
    assertThat(served.postJson("digits", Map.of("seen", encoded)).json().get("label").asText())
        .isEqualTo("0");
  }

  @Test
  void saysWhyAPictureCannotBeRead() throws Exception {
    Served.Answer blank = served.post("digits", "image/png", Pictures.white());
    assertThat(blank.status()).isEqualTo(422);
    assertThat(blank.json().get("error").asText()).contains("blank");
    Served.Answer broken = served.post("digits", "image/png", new byte[] {1, 2, 3});
    assertThat(broken.status()).isEqualTo(422);
    assertThat(broken.json().get("error").asText()).contains("no picture");
    Served.Answer large = served.post("digits", "image/png", Pictures.ofSize(2_500, 2_500));
    assertThat(large.status()).isEqualTo(422);
    assertThat(large.json().get("error").asText()).contains("at most");
  }

  /** A seven that is to be read as a one: the copy learns it, and forgets no digits. */
  @Test
  void learnsFromCorrections() throws Exception {
    Served.Answer early = served.postJson("fine-tunings", Map.of());
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.json().get("error").asText()).contains("no corrections yet");
    JsonNode look = look(7);
    String seen = look.at("/seen/bytes").asText();
    for (int i = 0; i < 2; i++) {
      Served.Answer kept = served.postJson("corrections", Map.of("seen", seen, "label", "1"));
      assertThat(kept.json().at("/counts/1").asInt()).isEqualTo(1);
    }
    try (Stream<Path> files = Files.list(served.folder.resolve("corrections").resolve("1"))) {
      assertThat(files).hasSize(1);
    }
    String job = served.postJson("fine-tunings", Map.of()).json().get("id").asText();
    JsonNode end = served.awaited(job);
    assertThat(end.get("state").asText()).isEqualTo("done");
    JsonNode result = end.get("result");
    assertThat(result.get("corrections_right_before").asInt()).isZero();
    assertThat(result.get("corrections_right_after").asInt()).isEqualTo(1);
    assertThat(result.get("test_accuracy_after").asDouble())
        .isGreaterThan(result.get("test_accuracy_before").asDouble() - 0.02);
    assertThat(end.at("/curves/loss/y").size()).isGreaterThan(10);
    assertThat(look(7).get("label").asText()).as("until kept, nothing changes").isEqualTo("7");

    Served.Answer keptNetwork = served.postJson("network", Map.of("job", job));
    assertThat(keptNetwork.json().get("tuned").asBoolean()).isTrue();
    assertThat(keptNetwork.json().get("network").asText()).isEqualTo("basic");
    assertThat(keptNetwork.json().get("trained_on").asText()).endsWith(" and 1 correction");
    assertThat(Path.of(keptNetwork.json().get("saved").asText())).exists();
    assertThat(look(7).get("label").asText()).isEqualTo("1");
    assertThat(served.postJson("network", Map.of("job", job)).status()).isEqualTo(404);

    served.delete("network");
    assertThat(look(7).get("label").asText()).isEqualTo("7");
  }

  @Test
  void tellsHealthAndMetrics() throws Exception {
    look(5);
    assertThat(served.get("health").json().get("status").asText()).isEqualTo("ok");
    String metrics =
        new String(served.uri().resolve("/api/v1/metrics").toURL().openStream().readAllBytes());
    assertThat(metrics)
        .contains("trimaran_requests_total{route=\"/api/v1/digits\",status=\"200\"}")
        .contains("trimaran_request_seconds_bucket{route=\"/api/v1/digits\",le=\"0.05\"}");
  }
}
