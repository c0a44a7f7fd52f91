package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons at their smallest. */
@Tag("one-jdk")
class AblateCommandTest {

  private static final List<String> SMALL =
      List.of(
          "--data",
          "embedded",
          "--network",
          "linear",
          "--num-training",
          "40",
          "--num-validation",
          "20",
          "--epochs",
          "1",
          "--batch-size",
          "20");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(List<String> options, String... more) {
    List<String> arguments = new ArrayList<>(List.of("ablate", "mnist"));
    arguments.addAll(options);
    arguments.addAll(List.of("--out", folder.toString()));
    arguments.addAll(List.of(more));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(new String[0]));
  }

  private JsonNode runs() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("result.json").toFile()).get("runs");
  }

  @Test
  void comparesEachCandidateFromTheSameSeeds() throws IOException {
    // Of one seed nothing is known of the uncertainty.
    assertThat(run(SMALL, "--seeds", "1", "--try", "hardest=0.5 fresh-norms=20")).isZero();
    assertThat(runs().get(1).get("metrics").get("half_width_95").isNull()).isTrue();
    assertThat(out.toString()).contains("(one pair)").doesNotContain("NaN");
    // Another seed and another candidate are added.
    String[] candidates = {
      "--seeds", "2", "--try", "hardest=0.5 fresh-norms=20", "--try", "lookahead"
    };
    assertThat(run(SMALL, candidates)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("2 trainings are done");
    assertThat(runs()).hasSize(3);
    JsonNode base = runs().get(0);
    JsonNode hardest = runs().get(1);
    assertThat(base.get("name").asText()).isEqualTo("as it is");
    assertThat(hardest.get("name").asText()).isEqualTo("hardest=0.5 fresh-norms=20");
    double[] differences = new double[2];
    for (int seed = 0; seed < 2; seed++) {
      differences[seed] =
          hardest.get("history").get("val_accuracy").get(seed).asDouble()
              - base.get("history").get("val_accuracy").get(seed).asDouble();
    }
    double mean = (differences[0] + differences[1]) / 2;
    double error = Math.abs(differences[0] - differences[1]) / 2;
    JsonNode metrics = hardest.get("metrics");
    assertThat(metrics.get("effect").asDouble()).isCloseTo(mean, within(1e-9));
    assertThat(metrics.get("standard_error").asDouble()).isCloseTo(error, within(1e-9));
    assertThat(metrics.get("half_width_95").asDouble()).isCloseTo(12.706 * error, within(1e-6));
    // The same again: nothing is trained anew.
    String before = Files.readString(folder.resolve("ablation.json"));
    assertThat(run(SMALL, candidates)).isZero();
    assertThat(Files.readString(folder.resolve("ablation.json"))).isEqualTo(before);
    assertThat(out.toString()).contains("6 trainings are done");
  }

  @Test
  void goesOnOnlyWithTrainingsThatWereScoredTheSameWay() throws IOException {
    List<String> record = new ArrayList<>(SMALL);
    record.set(record.indexOf("linear"), "record");
    record.addAll(List.of("--filters", "16", "--seeds", "1", "--try", "lookahead"));
    assertThat(run(record)).as(err.toString()).isZero();
    Path log = folder.resolve("ablation.json");
    String written = Files.readString(log);
    assertThat(written).contains("Move[down=2, right=2]");
    Files.writeString(log, written.replace("Move[down=2, right=2]", "Move[down=3, right=3]"));
    assertThat(run(record)).isEqualTo(2);
    assertThat(err.toString()).contains(": a search with other settings (scoring is");
  }

  /** Notes one training of the base in the log. */
  private Path logOfOne() throws IOException {
    Path log = folder.resolve("ablation.json");
    assertThat(run(SMALL, "--seeds", "1", "--try", "smoothing=0.1")).as(err.toString()).isZero();
    Map<String, Object> content =
        new ObjectMapper().readValue(log.toFile(), new TypeReference<>() {});
    content.put("trials", ((List<?>) content.get("trials")).subList(0, 1));
    new ObjectMapper().writeValue(log.toFile(), content);
    return log;
  }

  @Test
  void goesOnOnlyWithTrainingsOfTheSameBase() throws IOException {
    logOfOne();
    // A log without an option is of a base without it, and the other way round.
    assertThat(run(SMALL, "--seeds", "1", "--lookahead", "--try", "smoothing=0.1")).isEqualTo(2);
    assertThat(err.toString()).contains("(lookahead is not set there, true here)");
    assertThat(run(SMALL, "--seeds", "1", "--try", "smoothing=0.1")).isZero();
    assertThat(out.toString()).contains("ablation.json: 1 training is done");
    Files.delete(folder.resolve("ablation.json"));
    assertThat(run(SMALL, "--seeds", "1", "--lookahead", "--try", "smoothing=0.1")).isZero();
    assertThat(run(SMALL, "--seeds", "1", "--try", "smoothing=0.1")).isEqualTo(2);
    assertThat(err.toString()).contains("(lookahead is true there, not set here)");
  }

  /** Logs were written that named the test images, which have no effect on what is measured. */
  @Test
  void aLogThatNamesTestImagesIsGoneOnWith() throws IOException {
    Path log = logOfOne();
    String written = Files.readString(log);
    assertThat(written).doesNotContain("num_test");
    Files.writeString(log, written.replace("{\"settings\":{", "{\"settings\":{\"num_test\":7,"));
    assertThat(Files.readString(log)).contains("num_test");
    assertThat(run(SMALL, "--seeds", "1", "--try", "smoothing=0.1")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("1 training is done");
  }

  @Test
  void whatTheBaseHasCanBeTriedOff() throws IOException {
    assertThat(run(SMALL, "--seeds", "1", "--lookahead", "--try", "lookahead=false"))
        .as(err.toString())
        .isZero();
    assertThat(runs().get(1).get("name").asText()).isEqualTo("lookahead=false");
    // A word after the option is no value of it.
    Program word = Program.run("ablate", "--lookahead", "mnist", "--num-validation", "0");
    assertThat(word.err()).contains("--num-validation: must be at least 1").hasLineCount(1);
  }

  @Test
  void aTrainingThatDivergesIsMarked() throws IOException {
    assertThat(run(SMALL, "--seeds", "1", "--try", "learning-rate=1e300")).isZero();
    // So it is where the training is known from the log.
    assertThat(run(SMALL, "--seeds", "1", "--try", "learning-rate=1e300")).isZero();
    assertThat(out.toString().lines().filter(line -> line.endsWith("  1 of 1 diverged")))
        .hasSize(2);
    assertThat(runs().get(0).get("metrics").get("diverged").asInt()).isZero();
    assertThat(runs().get(1).get("metrics").get("diverged").asInt()).isEqualTo(1);
    assertThat(runs().get(1).get("metrics").get("val_accuracy").asDouble()).isZero();
  }

  /** How much more images help is a choice too; those that are left out validate nothing. */
  @Test
  void fewerTrainingImagesAreMeasuredOnTheSameImages() throws IOException {
    List<String> still = new ArrayList<>(SMALL);
    still.set(still.indexOf("--num-validation") + 1, "500");
    // So small a rate leaves the network, whose scores tell the validation images apart, as it is.
    still.addAll(List.of("--learning-rate", "1e-30", "--seeds", "2"));
    String learns = "learning-rate=0.01";
    String fewer = "num-training=20";
    assertThat(run(still, "--try", fewer, "--try", learns, "--try", fewer + " " + learns))
        .as(err.toString())
        .isZero();
    List<JsonNode> scores = runs().findValues("history");
    assertThat(scores.get(1)).isEqualTo(scores.get(0));
    assertThat(scores.get(2)).isNotEqualTo(scores.get(0));
    assertThat(scores.get(3)).isNotEqualTo(scores.get(2));
  }

  @Test
  void noFileIsTakenForOptions() throws IOException {
    Path file = Files.writeString(folder.resolve("words"), "secret");
    assertThat(run(SMALL, "--try", "@" + file)).isEqualTo(2);
    assertThat(run(List.of(), "@" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("@" + file).doesNotContain("secret");
  }

  @Test
  void aFolderInTheLogsPlaceIsOneLine() throws IOException {
    Path log = Files.createDirectory(folder.resolve("ablation.json"));
    assertThat(run(SMALL, "--try", "lookahead")).isEqualTo(2);
    assertThat(err.toString()).contains(log + ": is a folder").hasLineCount(1);
  }

  @Test
  void validationImagesAreWhatIsMeasured() {
    assertThat(run(SMALL, "--num-test", "5", "--try", "lookahead")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "num-test=5")).isEqualTo(2);
    List<String> none = new ArrayList<>(SMALL);
    none.set(none.indexOf("--num-validation") + 1, "0");
    assertThat(run(none, "--try", "lookahead")).isEqualTo(2);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("--num-test: ablate measures on validation images"),
            line -> assertThat(line).contains("--try 'num-test=5': --num-test: ablate measures"),
            line -> assertThat(line).contains("--num-validation: must be at least 1 for ablate"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void candidatesThatAreTheSameAreNamed() {
    assertThat(run(SMALL, "--try", "lookahead  smoothing=.1", "--try", "lookahead --smoothing=.1"))
        .isEqualTo(2);
    assertThat(run(SMALL, "--try", "lookahead", "--try", "lookahead=true")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "reg=0.1 smoothing=0.1", "--try", "smoothing=0.1 reg=0.10"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("'lookahead smoothing=.1' is there twice"),
            line -> assertThat(line).contains("'lookahead=true': is the same as 'lookahead'"),
            line ->
                assertThat(line)
                    .contains("'smoothing=0.1 reg=0.10': is the same as 'reg=0.1 smoothing=0.1'"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhatIsWrongWithACandidate() {
    assertThat(run(SMALL, "--try", "smoothing=2")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "nonsense")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "small-epochs=1")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "plain-epochs=1.1")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "small-epochs=0.5 epochs=2")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "plain-epochs=0.5 epochs=2")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "plain-epochs=0.5 augment=full")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "epochs=1")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "num-training=41")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "num-validation=10")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "lookahead", "--try", "lookahead ")).isEqualTo(2);
    assertThat(run(SMALL, "--try", "lookahead", "--seeds", "0")).isEqualTo(2);
    assertThat(run(SMALL)).isEqualTo(2);
    assertThat(run(SMALL, "--save", folder.resolve("x").toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .anyMatch(line -> line.contains("--try 'smoothing=2': --smoothing: must be 0 to 1"))
        .anyMatch(line -> line.contains("--try 'nonsense': Unknown option"))
        .anyMatch(line -> line.contains("--small-epochs: must be at least 0 and below 1, is 1.0"))
        .anyMatch(line -> line.contains("--plain-epochs: must be 0 to 1, is 1.1"))
        .anyMatch(line -> line.contains("the network 'linear' takes images of one size only"))
        .anyMatch(line -> line.contains("--plain-epochs: the augmentation 'none' does no more"))
        .anyMatch(line -> line.contains("--plain-epochs: 0.5 of 1 epoch is none"))
        .anyMatch(line -> line.contains("--try 'epochs=1': changes nothing"))
        .anyMatch(line -> line.contains("--num-training: at most the 40 training images"))
        .anyMatch(line -> line.contains("all are measured on the same images"))
        .anyMatch(line -> line.contains("'lookahead' is there twice"))
        .anyMatch(line -> line.contains("--seeds: must be at least 1, is 0"))
        .anyMatch(line -> line.contains("nothing to compare"))
        .anyMatch(line -> line.contains("leave out --save"));
    assertThat(folder).isEmptyDirectory();
  }
}
