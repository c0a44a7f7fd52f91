package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.data.prediction.Classified;
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
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                    .replace("org.apache.spark.sql.Dataset<", "Dataset<")
                + Files.readString(Path.of("src/test/java/io/github/trimaran/spark/Answers.java")));
    String page = Files.readString(Path.of("..", "docs", "guide", "scaling.md"));
    int shown = 0;
    for (String block : page.split("(?m)^```")) {
      if (block
          .strip()
          .matches("(?s)(SparkTrials\\.|SparkPredictor |String result|SparkSession ).*")) {
        assertThat(here).contains(words(block));
        shown++;
      }
    }
    assertThat(shown).isEqualTo(4);
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", "");
  }

  /** As spark-submit starts it: the master is a property. */
  @Test
  void itsOwnJobRuns(@TempDir Path folder) throws IOException {
    Samples samples = Toys.images(9);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      rows.add(RowFactory.create(i, samples.get(i).input().floats()));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("pixels", DataTypes.createArrayType(DataTypes.FloatType));
    String pixels = folder.resolve("pixels").toString();
    String answers = folder.resolve("answers").toString();
    Path letters = Toys.letters(folder.resolve("letters.st"));
    SparkSession writing = Clusters.local();
    writing.createDataFrame(rows, schema).write().parquet(pixels);
    writing.stop();
    Map<String, String> properties =
        Map.of(
            "spark.master", "local[2]",
            "spark.app.name", "answers",
            "spark.ui.enabled", "false",
            "spark.sql.codegen.wholeStage", "false");
    properties.forEach(System::setProperty);
    try {
      Answers.main(letters.toString(), pixels, answers);
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
    SparkSession reading = Clusters.local();
    try (Backend<?> backend = Backends.get("cpu");
        Predictor<HostArray, Classified> here = Predictor.load(letters, backend)) {
      List<Row> found = reading.read().parquet(answers).orderBy("id").collectAsList();
      assertThat(found).hasSize(9);
      for (Row row : found) {
        assertThat(row.getString(1))
            .isEqualTo(here.predict(samples.get(row.getInt(0)).input()).label());
      }
    } finally {
      reading.stop();
    }
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
