package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Search;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the guide shows of Spark stands here too, and so compiles; its training is run. */
@Tag("one-jdk")
class GuideTest {

  private static Objective.Score accuracyOf(Values values, int epochs) {
    return new Objective.Score(values.number("rate") * epochs, List.of());
  }

  private static Dataset digits() throws IOException {
    return EmbeddedDigits.trainTest(100, 50).train();
  }

  static List<Trial> search(
      SparkSession spark, List<Values> candidates, Halving halving, TrialLog log)
      throws IOException {
    // spotless:off
    SparkTrials.Trial accuracy = (values, epochs, worker) -> accuracyOf(values, epochs);
    List<Trial> trials = new Search(candidates, halving, accuracy, log).run(new SparkTrials(spark));
    // spotless:on
    return trials;
  }

  private static String train(SparkSession spark) throws IOException {
    // spotless:off
    String result =
        SparkWorkers.of(spark, 2)
            .run(
                worker -> {
                  Layer model = new Sequential(new Flatten(), new Linear(784, 10));
                  model.init(SparkCores.backend("cpu"), DType.FLOAT32, Rng.seeded(29));
                  Trainer trainer =
                      Trainer.builder(model, new Adam(model.parameters(), 1e-3))
                          .collective(worker)
                          .build();
                  return trainer
                      .fit(Batches.shuffled(digits(), 50, Rng.seeded(1)), 2)
                      .last()
                      .toString();
                });
    // spotless:on
    return result;
  }

  static void predict(SparkSession spark, org.apache.spark.sql.Dataset<Row> pictures)
      throws IOException {
    // spotless:off
    SparkPredictor digits = SparkPredictor.load(spark, Path.of("digits.st"), "cpu");
    org.apache.spark.sql.Dataset<Row> answered = digits.predict(pictures, "content");
    digits.register("digit");
    spark.sql("SELECT path, digit(content).label FROM pictures").show();
    // spotless:on
    answered.show();
  }

  @Test
  void guideShowsWhatIsHere() throws IOException {
    String here =
        words(
            Files.readString(Path.of("src/test/java/io/github/trimaran/spark/GuideTest.java"))
                .replace("org.apache.spark.sql.Dataset<", "Dataset<"));
    String page = Files.readString(Path.of("..", "docs", "guide", "scaling.md"));
    int shown = 0;
    for (String block : page.split("(?m)^```")) {
      if (block.strip().matches("(?s)(SparkTrials\\.|SparkPredictor |String result).*")) {
        assertThat(here).contains(words(block));
        shown++;
      }
    }
    assertThat(shown).isEqualTo(3);
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void itsTrainingRuns() throws IOException {
    SparkSession spark = Clusters.local();
    try {
      assertThat(train(spark)).contains("EpochRecord");
    } finally {
      spark.stop();
    }
  }
}
