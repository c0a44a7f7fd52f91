package io.github.trimaran.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.spark.Versions;
import io.github.trimaran.train.Checkpoint;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three commands on {@code local[2]}: what they find is what they find here. */
@Tag("one-jdk")
class ClusterCommandsTest {

  @TempDir Path folder;

  // ---- search ---------------------------------------------------------------------------------

  private static final String SEARCH =
      "exercise 29c --data embedded --num-training 60 --num-validation 20 --num-test 30 --trials 3"
          + " --epochs 2 --filters 4 --hidden 8 --filter-size 3 --threads 2 ";

  /** All that a search found, without the time that it took. */
  private List<JsonNode> found(String place) throws IOException {
    List<JsonNode> runs = new ArrayList<>();
    for (JsonNode run : Program.result(folder.resolve(place)).get("runs")) {
      ObjectNode metrics = (ObjectNode) run.get("metrics");
      metrics.remove(List.of("seconds", "images_per_second", "search_seconds", "total_seconds"));
      runs.add(run);
    }
    return runs;
  }

  @Test
  void searchFindsWhatItFindsHere() throws IOException {
    Program.run(folder, SEARCH + "--jobs 2 --out @/here").succeeded();
    Program there = Program.run(folder, SEARCH + "--cluster local[2] --out @/there").succeeded();
    assertThat(there.out()).contains("2 settings are tried at once", "setting 1, 1 epoch");
    assertThat(found("there")).hasSize(4).isEqualTo(found("here"));
  }

  // ---- training -------------------------------------------------------------------------------

  private static final String TRAIN =
      "train mnist --data embedded --num-training 60 --num-validation 20 --num-test 50 --epochs 2"
          + " --batch-size 16 --filters 4 --hidden 8 --filter-size 3 --dtype float64 --schedule constant ";

  private double[] weights(String file) throws IOException {
    return Checkpoint.read(folder.resolve(file)).model().arrays().values().stream()
        .flatMapToDouble(array -> Arrays.stream(array.toDoubles()))
        .toArray();
  }

  /** Sums are added up in another order, so the last bits may differ. */
  @Test
  void trainingGivesTheNumbersOfOneProcess() throws IOException {
    Program.run(folder, TRAIN + "--out @/here --save @/here.st").succeeded();
    Program there =
        Program.run(folder, TRAIN + "--cluster local[2] --out @/there --save @/there.st")
            .succeeded();
    assertThat(there.out()).contains("2 workers side by side", "epoch 2: loss");
    double[] expected = weights("here.st");
    assertThat(expected).hasSizeGreaterThan(1_000);
    assertThat(weights("there.st")).containsExactly(expected, within(1e-9));
    JsonNode here = Program.result(folder.resolve("here")).get("runs").get(0);
    JsonNode run = Program.result(folder.resolve("there")).get("runs").get(0);
    for (String name : List.of("train_accuracy", "test_accuracy")) {
      assertThat(run.get("metrics").get(name)).isEqualTo(here.get("metrics").get(name));
    }
    assertThat(run.get("history").get("step_loss")).hasSize(8);
    for (int step = 0; step < 8; step++) {
      assertThat(run.get("history").get("step_loss").get(step).asDouble())
          .isCloseTo(here.get("history").get("step_loss").get(step).asDouble(), within(1e-9));
    }
  }

  /** One epoch, and then another from what was saved, are two. */
  @Tag("long")
  @Test
  void trainingGoesOn() throws IOException {
    String one = TRAIN.replace("--epochs 2", "--epochs 1");
    Program.run(folder, TRAIN + "--cluster local[2] --out @/whole --save @/whole.st").succeeded();
    Program.run(folder, one + "--cluster local[2] --out @/half --save @/half.st").succeeded();
    Program.run(
            folder, TRAIN + "--cluster local[2] --out @/rest --resume @/half.st --save @/rest.st")
        .succeeded();
    assertThat(Arrays.equals(weights("rest.st"), weights("whole.st"))).isTrue();
  }

  // ---- prediction -----------------------------------------------------------------------------

  private String pictures(int count) throws IOException {
    Dataset digits = EmbeddedDigits.trainTest(1, count).test();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      float[] pixels = digits.image(i).floats();
      BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
      for (int at = 0; at < pixels.length; at++) {
        picture.setRGB(at % 28, at / 28, 0x010101 * (255 - Math.round(pixels[at])));
      }
      Path file = folder.resolve("digit" + i + ".png");
      Pictures.writePng(file, picture);
      names.append(' ').append(file);
    }
    return names.toString();
  }

  @Test
  void predictionSaysTheSameInTheSameOrder() throws IOException {
    Files.writeString(folder.resolve("no.png"), "no picture");
    String images = pictures(7) + " @/no.png @/absent.png";
    Program here = Program.run(folder, "predict --quiet" + images);
    Program there = Program.run(folder, "predict --quiet --cluster local[2]" + images);
    assertThat(there.out().lines()).hasSize(7);
    assertThat(there).isEqualTo(here);
    assertThat(there.exitCode()).isEqualTo(2);
  }

  // ---- what cannot work -----------------------------------------------------------------------

  @Test
  void unreachableMasterIsToldAtOnce() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    for (String command : List.of(TRAIN + "--out @/o", SEARCH + "--out @/o", "predict @/a.png")) {
      String line =
          Program.run(folder, command + " --cluster spark://127.0.0.1:" + port).refusal(2);
      assertThat(line)
          .contains("nobody answers at spark://127.0.0.1:" + port)
          .contains("spark/bin/standalone-cluster");
    }
    long begin = System.nanoTime();
    Program.run(folder, "predict @/a.png --cluster spark://127.0.0.1:" + port).refusal(2);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void mastersThatAreNoneAreRefused() {
    assertThat(Program.run(folder, TRAIN + "--out @/o --cluster nonsense").refusal(2))
        .contains("--cluster: 'nonsense' is no master; give spark://HOST:PORT or local[N]");
    assertThat(Program.run(folder, TRAIN + "--out @/o --cluster yarn").refusal(2))
        .contains("--cluster: cannot work on yarn")
        .contains("docs/guide/scaling.md");
  }

  @Test
  void moreWorkersThanSlotsAreRefused() {
    assertThat(Program.run(folder, TRAIN + "--out @/o --cluster local[2] --workers 3").refusal(1))
        .contains("workers: 3 asked for, the cluster local[2] runs 2 tasks at once; ask for fewer");
    assertThat(Program.run(folder, TRAIN + "--out @/o --workers 2").refusal(2))
        .contains("--workers: is for --cluster");
    assertThat(Program.run(folder, TRAIN + "--out @/o --cluster local[2] --workers 0").refusal(2))
        .contains("--workers: must be at least 1, is 0");
  }

  @Test
  void whatAClusterCannotDoIsRefused() {
    assertThat(Program.run(folder, "exercise 29a --cluster local[2] --out @/o").refusal(2))
        .contains("--cluster: is for exercise 29c alone");
    assertThat(Program.run(folder, TRAIN + "--cluster local[2] --watch --out @/o").refusal(2))
        .contains("--watch: shows trainings of this computer");
    assertThat(Program.run(folder, TRAIN + "--cluster local[2] --hardest 0.5 --out @/o").refusal(2))
        .contains("--hardest: a worker of a cluster does not see the whole batch");
    assertThat(Program.run(folder, "predict --model a.onnx --cluster local[2] a.png").refusal(2))
        .contains("--cluster: takes what 'train --save' or 'export' wrote");
    assertThat(Program.run(folder, TRAIN + "--cluster local[2] --save /dev/null/a.st").refusal(2))
        .contains("--save: ");
  }

  /** As if the executors had an older jar. */
  @Test
  void otherVersionsAreRefused() {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    try {
      assertThatThrownBy(() -> SameVersions.require(spark, new Versions("9.9.9", "4.9.9")))
          .hasMessage(
              "--cluster: executors have "
                  + Versions.here()
                  + ", this is Trimaran 9.9.9 on Spark 4.9.9; take it from the cluster's class path, or put the same"
                  + " there");
    } finally {
      spark.stop();
    }
  }

  @Test
  void submittedCommandsAreGivenTheirMaster() {
    assertThat(Submitted.withMaster(List.of("train", "mnist"), "local[2]"))
        .containsExactly("train", "mnist", "--cluster=local[2]");
    assertThat(Submitted.withMaster(List.of("exercise", "30a"), "local[2]"))
        .containsExactly("exercise", "30a");
    assertThat(Submitted.withMaster(List.of("train", "mnist", "--cluster", "x"), "local[2]"))
        .containsExactly("train", "mnist", "--cluster", "x");
  }
}
