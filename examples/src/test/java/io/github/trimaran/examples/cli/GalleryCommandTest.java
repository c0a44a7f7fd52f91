package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.trimaran.examples.gallery.GalleryProgram;
import io.github.trimaran.examples.gallery.GalleryPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program of the gallery learns, in its quick form on embedded data. */
@Tag("one-jdk")
class GalleryCommandTest {

  /** What is true of the metrics of a program that has learned, and not of one that has not. */
  private static final Map<String, Predicate<JsonNode>> LEARNED =
      Map.of(
          // Characters told by how often they come take about 2.9 nats each.
          "shakespeare",
          metrics ->
              metrics.get("val_loss").doubleValue() < 1.6
                  && metrics.get("milliseconds_per_step").doubleValue() > 0
                  && metrics.get("sample").textValue().length() == 501,
          // The mean of all cars has 0, and is 6 miles off.
          "cars",
          metrics ->
              metrics.get("r_squared").doubleValue() > 0.8
                  && metrics.get("mae").doubleValue() < 2.5,
          // A third of the birds is of each species.
          "penguins",
          metrics -> metrics.get("test_accuracy").doubleValue() > 0.95,
          "forecast",
          metrics -> metrics.get("error_vs_naive").doubleValue() < 0.9,
          // Pixels guessed at even chances take 543 nats, by the mean of all images about 200.
          "autoencoder",
          metrics -> metrics.get("negative_evidence_bound").doubleValue() < 175,
          // To take all for ground gives 0.22.
          "segmenter",
          metrics -> metrics.get("mean_iou").doubleValue() > 0.3,
          "transfer",
          metrics ->
              metrics.get("test_accuracy").doubleValue()
                  > metrics.get("test_accuracy_from_scratch").doubleValue() + 0.15);

  @TempDir Path folder;

  /** Those that learn from tables and series, which takes seconds. */
  private static final Set<String> SHORT = Set.of("cars", "penguins", "forecast");

  static Stream<String> programs() {
    return GalleryPrograms.all().stream().map(GalleryProgram::name).filter(SHORT::contains);
  }

  static Stream<String> longPrograms() {
    return GalleryPrograms.all().stream().map(GalleryProgram::name).filter(n -> !SHORT.contains(n));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void learns(String name) throws IOException {
    requireLearned(name);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("longPrograms")
  void learnsForHalfAMinute(String name) throws IOException {
    requireLearned(name);
  }

  private void requireLearned(String name) throws IOException {
    Program program = Program.run(folder, "gallery " + name + " --quick --data embedded --out @/x");
    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(program.out()).contains("Answer " + name + ": ", "(embedded)");
    JsonNode result = CommandsTest.requireDocumented(folder.resolve("x/result.json"));
    assertThat(result.at("/data/source").textValue()).isEqualTo("embedded");
    JsonNode metrics = result.at("/runs/0/metrics");
    assertThat(LEARNED.get(name).test(metrics)).as("%s learned: %s", name, metrics).isTrue();
    if (name.equals("penguins")) {
      Classification.require(folder.resolve("x"), 300);
    } else if (name.equals("transfer")) {
      Classification.requireOfImages(folder.resolve("x"), 300);
    }
    for (JsonNode picture : result.get("pictures")) {
      assertThat(folder.resolve("x").resolve(picture.textValue())).isNotEmptyFile();
    }
  }

  @Test
  void anUnknownProgramIsRefused() {
    Program program = Program.run(folder, "gallery autoencoder portraits --out @/x");
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err())
        .contains("no program in the gallery 'portraits'; there are shakespeare, cars")
        .hasLineCount(1);
    assertThat(Files.exists(folder.resolve("x"))).isFalse();
  }

  @Test
  void epochsMustBePositive() {
    Program program = Program.run(folder, "gallery autoencoder --epochs 0 --out @/x");
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains("--epochs: must be at least 1, is 0").hasLineCount(1);
    assertThat(Files.exists(folder.resolve("x"))).isFalse();
  }
}
