package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exercise 29c at its smallest. */
@Tag("one-jdk")
class SearchCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "exercise",
                "29c",
                "--data",
                "embedded",
                "--backend",
                "cpu",
                "--num-training",
                "60",
                "--num-validation",
                "20",
                "--num-test",
                "30",
                "--trials",
                "3",
                "--epochs",
                "2",
                "--filters",
                "4",
                "--hidden",
                "8",
                "--filter-size",
                "3"));
    arguments.addAll(List.of("--out", folder.toString()));
    arguments.addAll(List.of(more));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(new String[0]));
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("result.json").toFile());
  }

  @Test
  void triesTrainsTheBestAndTestsItAlone() throws IOException {
    assertThat(run()).isZero();
    JsonNode runs = result().get("runs");
    assertThat(runs).hasSize(4);
    JsonNode best = runs.get(0);
    assertThat(best.get("name").asText()).isEqualTo("best");
    assertThat(best.get("metrics").get("test_size").asInt()).isEqualTo(30);
    assertThat(best.get("metrics").get("epochs").asInt()).isEqualTo(2);
    assertThat(best.get("metrics").get("best").asText())
        .isEqualTo(runs.get(1).get("name").asText())
        .isEqualTo(result().get("settings").get("best").asText());
    for (int i = 1; i < 4; i++) {
      JsonNode metrics = runs.get(i).get("metrics");
      assertThat(metrics.has("val_accuracy")).isTrue();
      assertThat(metrics.has("test_accuracy")).isFalse();
      assertThat(metrics.get("values").get("filters").asInt()).isEqualTo(4);
    }
    // One of three went on to three epochs.
    assertThat(runs.get(1).get("metrics").get("epochs").asInt()).isEqualTo(3);
    assertThat(runs.get(2).get("metrics").get("epochs").asInt()).isEqualTo(1);
    Classification.requireOfImages(folder, 30);
    assertThat(folder.resolve("search.png")).isNotEmptyFile();
    assertThat(folder.resolve("accuracy.png")).isNotEmptyFile();
    assertThat(Files.readAllLines(folder.resolve("trials.csv"))).hasSize(1 + 3 + 1);
    assertThat(folder.resolve("search.json")).doesNotExist();
    assertThat(folder.resolve("best.unfinished.safetensors")).doesNotExist();
    // What was saved is the network that was tested.
    assertThat(
            Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "evaluate",
                "--model",
                folder.resolve("best.safetensors").toString(),
                "--data",
                "embedded",
                "--num-test",
                "30",
                "--out",
                folder.resolve("evaluation").toString()))
        .isZero();
    assertThat(out.toString())
        .contains(
            String.format(
                java.util.Locale.ROOT,
                "Accuracy %.4f on 30 images",
                best.get("metrics").get("test_accuracy").asDouble()));
  }

  @Test
  void anUnfinishedSearchOfOtherSettingsIsRefusedAndKept() throws IOException {
    Path log = folder.resolve("search.json");
    String other = "{\"settings\": {\"data\": \"CIFAR-10\"}, \"trials\": []}";
    Files.writeString(log, other);
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString().strip())
        .contains("search.json: a search with other settings")
        .contains("data is CIFAR-10 there, embedded figures here")
        .doesNotContain("\n");
    assertThat(log).hasContent(other);
  }

  @Test
  void optionsThatTheSearchHasNoUseForAreRefused() {
    assertThat(run("--network", "mlp")).isEqualTo(2);
    assertThat(err.toString()).contains("--network: is not for exercise 29c");
    assertThat(run("--batch-size", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--batch-size: must be at least 1, is 0");
    assertThat(run("--jobs", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--jobs: must be 1");
  }
}
