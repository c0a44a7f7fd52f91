package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Search;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of a search is killed as a crash would, and started again. */
@Tag("soak")
class KilledDriverTest {

  private static final Halving HALVING = new Halving(8, 1, 2, 3);
  private static final int TRIALS = 8 + 4 + 2;

  /** Searches with a log in a folder, and notes each trial that is begun there. */
  public static void main(String... folder) throws IOException {
    SparkSession spark = Clusters.local();
    search(spark, Path.of(folder[0]));
    spark.stop();
  }

  private static List<Trial> search(SparkSession spark, Path folder) throws IOException {
    List<Values> candidates =
        Space.builder().logUniform("rate", 1e-3, 1).build().sample(8, Rng.seeded(1));
    String made = folder.toString();
    SparkTrials.Trial objective =
        (values, epochs, worker) -> {
          Files.createTempFile(Path.of(made), "trial", ".begun");
          try {
            Thread.sleep(300);
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
          }
          return new Objective.Score(values.number("rate") * epochs, List.of());
        };
    TrialLog log = TrialLog.open(folder.resolve("log"), Map.of("seed", 1L));
    return new Search(candidates, HALVING, objective, log).run(new SparkTrials(spark));
  }

  @Test
  void searchGoesOn(@TempDir Path folder) throws Exception {
    Path killed = Files.createDirectory(folder.resolve("killed"));
    Process driver = start(killed);
    try {
      while (logged(killed) < 3) {
        assertThat(driver.isAlive()).isTrue();
        Thread.sleep(50);
      }
    } finally {
      driver.destroyForcibly();
      assertThat(driver.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    int before = logged(killed);
    int begun = begun(killed);
    assertThat(before).isBetween(3, TRIALS - 1);
    SparkSession spark = Clusters.local();
    try {
      List<Trial> found = search(spark, killed);
      assertThat(begun(killed) - begun).isEqualTo(TRIALS - before);
      Path undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
      assertThat(scores(found)).isEqualTo(scores(search(spark, undisturbed)));
    } finally {
      spark.stop();
    }
  }

  private static List<String> scores(List<Trial> trials) {
    return trials.stream().map(t -> t.candidate() + " " + t.rung() + " " + t.score()).toList();
  }

  private static int logged(Path folder) throws IOException {
    return TrialLog.open(folder.resolve("log"), Map.of("seed", 1L)).trials().size();
  }

  private static int begun(Path folder) {
    return folder.toFile().list((place, name) -> name.endsWith(".begun")).length;
  }

  /** With the flags of this JVM, among which are those that Spark needs. */
  private static Process start(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledDriverTest.class.getName(), folder.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolveSibling("driver.log").toFile())
        .start();
  }
}
