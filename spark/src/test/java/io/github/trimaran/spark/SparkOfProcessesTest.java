package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Search;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.train.prediction.PredictorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On {@code local-cluster[2,1,1024]}: executors are processes, which can be killed. Spark's
 * authentication and encryption are on, and so are the ring's.
 */
@Tag("soak")
class SparkOfProcessesTest {

  private static SparkSession spark;

  @BeforeAll
  static void start() throws IOException {
    spark =
        Clusters.ofProcesses(
            Map.of(
                "spark.authenticate", "true",
                "spark.authenticate.secret", "a secret of the test",
                "spark.network.crypto.enabled", "true",
                "spark.io.encryption.enabled", "true",
                "spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Ends this process as a crash does, the first time that it is called with that file. */
  static void dieOnce(String mark) {
    try {
      Files.createFile(Path.of(mark));
      Runtime.getRuntime().halt(77);
    } catch (FileAlreadyExistsException e) {
      // It has died already.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void killedExecutorChangesNothingInATraining(@TempDir Path folder) throws Exception {
    String saved = folder.resolve("run.safetensors").toString();
    String mark = folder.resolve("died").toString();
    double[] found =
        SparkWorkers.of(spark, 2)
            .run(
                worker ->
                    Toys.trainNormed(
                        worker,
                        saved,
                        step -> {
                          if (step == 5 && worker.rank() == 1) {
                            dieOnce(mark);
                          }
                        }));
    assertThat(Path.of(mark)).exists();
    assertThat(found).isEqualTo(Toys.undisturbed());
  }

  @Test
  void killedExecutorChangesNothingInASearch(@TempDir Path folder) throws Exception {
    String mark = folder.resolve("died").toString();
    List<Values> candidates =
        Space.builder().logUniform("rate", 1e-3, 1).build().sample(5, Rng.seeded(1));
    double fatal = candidates.get(2).number("rate");
    SparkTrials.Trial objective =
        (values, epochs, worker) -> {
          if (values.number("rate") == fatal) {
            dieOnce(mark);
          }
          return new Objective.Score(values.number("rate") * epochs, List.of());
        };
    List<Trial> found =
        new Search(
                candidates,
                Halving.random(5, 3),
                objective,
                TrialLog.open(folder.resolve("log"), Map.of()))
            .run(new SparkTrials(spark));
    assertThat(Path.of(mark)).exists();
    assertThat(found).hasSize(5);
    for (Trial trial : found) {
      assertThat(trial.score()).isEqualTo(candidates.get(trial.candidate() - 1).number("rate") * 3);
    }
  }

  @Test
  void killedExecutorChangesNothingInAPrediction(@TempDir Path folder) throws Exception {
    String mark = folder.resolve("died").toString();
    Path file = Toys.letters(folder.resolve("letters.st"));
    Samples samples = Toys.images(40);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(RowFactory.create(i, samples.get(i).input().floats()));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("pixels", DataTypes.createArrayType(DataTypes.FloatType));
    Dataset<Row> fatal =
        spark
            .createDataFrame(rows, schema)
            .repartition(4)
            .map(
                (MapFunction<Row, Row>)
                    row -> {
                      if (row.getInt(0) == 23) {
                        dieOnce(mark);
                      }
                      return row;
                    },
                Encoders.row(schema));
    List<Row> found =
        SparkPredictor.load(spark, file, "cpu")
            .batch(4)
            .predict(fatal, "pixels")
            .orderBy("id")
            .collectAsList();
    assertThat(Path.of(mark)).exists();
    assertThat(found).hasSize(40);
    try (Backend<?> backend = Backends.get("cpu");
        Predictor<HostArray, Classified> here =
            Predictor.load(file, backend, PredictorSettings.standard().batch(4))) {
      for (int i = 0; i < 40; i++) {
        assertThat(found.get(i).getList(5))
            .isEqualTo(here.predict(samples.get(i).input()).probabilities());
      }
    }
  }

  /** Both executors have the one core that they were given, and so has each task. */
  @Test
  void threadsFollowTheCores() throws IOException {
    String found =
        SparkWorkers.of(spark, 2)
            .run(worker -> SparkCores.ofTask() + " " + SparkCores.ofExecutor());
    assertThat(found).isEqualTo("1 1");
  }
}
