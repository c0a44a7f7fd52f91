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
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the cluster that the script of the documentation starts: a master and two workers. */
@Tag("soak")
class StandaloneClusterTest {

  private static final Duration HANGS = Duration.ofMinutes(3);

  @Test
  void trainsOnTheClusterOfTheScript() throws Exception {
    Map<String, String> secret = Map.of("SPARK_SECRET", "of the cluster");
    try (ScriptedCluster cluster = ScriptedCluster.start(secret)) {
      SparkSession spark =
          Clusters.at(
              cluster.master(),
              Map.of("spark.authenticate", "true", "spark.authenticate.secret", "of the cluster"));
      try {
        SparkWorkers.Work<double[]> work =
            worker -> Toys.train(worker, Toys.normed(), Toys.batches(21), 2, null, s -> {});
        double[] found = SparkWorkers.of(spark, 2).run(work);
        assertThat(found).isEqualTo(Toys.ofThreads(work));
      } finally {
        spark.stop();
      }
    }
  }

  /** The first attempt at a trial hangs; Spark starts another elsewhere, whose result counts. */
  @Test
  void stragglerChangesNothingInASearch(@TempDir Path folder) throws Exception {
    String mark = folder.resolve("hung").toString();
    List<Values> candidates =
        Space.builder().logUniform("rate", 1e-3, 1).build().sample(6, Rng.seeded(1));
    double slow = candidates.get(2).number("rate");
    SparkTrials.Trial objective =
        (values, epochs, worker) -> {
          if (values.number("rate") == slow && isFirst(mark)) {
            hang();
          }
          return new Objective.Score(values.number("rate") * epochs, List.of());
        };
    Map<String, String> speculation =
        Map.of(
            "spark.speculation", "true",
            "spark.speculation.quantile", "0.5",
            "spark.speculation.multiplier", "2");
    TrialLog log = TrialLog.open(folder.resolve("log"), Map.of());
    Search search = new Search(candidates, Halving.random(6, 3), objective, log);
    try (ScriptedCluster cluster =
        ScriptedCluster.start(Map.of("SPARK_HOSTS", "127.0.0.1 127.0.0.2"))) {
      SparkSession spark = Clusters.at(cluster.master(), speculation);
      try {
        long begin = System.nanoTime();
        List<Trial> found = search.run(new SparkTrials(spark));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(HANGS);
        assertThat(Path.of(mark)).exists();
        assertThat(found).hasSize(6);
        for (Trial trial : found) {
          assertThat(trial.score())
              .isEqualTo(candidates.get(trial.candidate() - 1).number("rate") * 3);
        }
      } finally {
        spark.stop();
      }
    }
  }

  private static boolean isFirst(String mark) {
    try {
      Files.createFile(Path.of(mark));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hang() {
    try {
      Thread.sleep(HANGS.toMillis());
    } catch (InterruptedException e) {
      // Spark ends the attempt that is no longer needed.
      Thread.currentThread().interrupt();
    }
  }
}
