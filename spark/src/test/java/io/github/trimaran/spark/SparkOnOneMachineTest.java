package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.SpreadBatches;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
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
import io.github.trimaran.vision.data.PicturePreparation;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.sql.Dataset;
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

/** On {@code local[2]}: tasks are threads of this JVM. */
@Tag("one-jdk")
class SparkOnOneMachineTest {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Clusters.local();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  // ---- search ---------------------------------------------------------------------------------

  private static final Halving HALVING = new Halving(6, 1, 2, 3);

  private static List<Values> candidates() {
    return Space.builder()
        .oneOf("hidden", 2L, 3L, 4L)
        .logUniform("rate", 1e-3, 1)
        .build()
        .sample(6, Rng.seeded(1));
  }

  /** Peaks at a rate of 0.1; more epochs and more hidden units are better. */
  private static Objective.Score score(Values values, int epochs) {
    double score =
        -Math.abs(Math.log10(values.number("rate")) + 1)
            + 0.1 * values.integer("hidden")
            + 0.01 * epochs;
    return new Objective.Score(score, List.of(score / 2));
  }

  private static List<String> told(List<Trial> trials) {
    return trials.stream()
        .map(
            trial ->
                trial.candidate()
                    + " "
                    + trial.rung()
                    + " "
                    + trial.budget()
                    + " "
                    + trial.values()
                    + " "
                    + trial.score()
                    + " "
                    + trial.history())
        .toList();
  }

  @Test
  void searchesAsOneMachineDoes(@TempDir Path folder) throws IOException {
    SparkTrials.Trial objective = (values, epochs, worker) -> score(values, epochs);
    List<Trial> expected =
        new Search(candidates(), HALVING, objective, log(folder.resolve("one"))).run(2);
    TrialLog log = log(folder.resolve("spark"));
    List<Trial> found =
        new Search(candidates(), HALVING, objective, log).run(new SparkTrials(spark));
    assertThat(told(found)).isEqualTo(told(expected));
    assertThat(log.trials()).hasSize(6 + 3 + 1);
  }

  private static TrialLog log(Path file) throws IOException {
    return TrialLog.open(file, Map.of("seed", 1L));
  }

  /** What a killed driver leaves behind is its log: trials in it are not made again. */
  @Test
  void searchGoesOnFromItsLog(@TempDir Path folder) throws IOException {
    String made = Files.createDirectory(folder.resolve("made")).toString();
    SparkTrials.Trial objective =
        (values, epochs, worker) -> {
          Files.createTempFile(Path.of(made), "trial", "");
          return score(values, epochs);
        };
    Search whole = new Search(candidates(), HALVING, objective, log(folder.resolve("whole")));
    List<Trial> expected = whole.run(new SparkTrials(spark));
    TrialLog half = log(folder.resolve("half"));
    for (Trial trial : expected.subList(2, 5)) {
      half.add(trial);
    }
    List<Trial> found =
        new Search(candidates(), HALVING, objective, half).run(new SparkTrials(spark));
    assertThat(told(found)).isEqualTo(told(expected));
    assertThat(Path.of(made).toFile().list()).hasSize(10 + 7);
  }

  @Test
  void trialThatCannotBeMadeIsToldInOneLine(@TempDir Path folder) throws IOException {
    SparkTrials.Trial full =
        (values, epochs, worker) -> {
          throw new IOException("/data: No space left on device");
        };
    Search search = new Search(candidates(), HALVING, full, log(folder.resolve("log")));
    assertThatThrownBy(() -> search.run(new SparkTrials(spark)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "search: candidate \\d, hidden \\d, rate .*: /data: No space left on device");
    Objective here = (values, epochs, worker) -> score(values, epochs);
    Search unsendable = new Search(candidates(), HALVING, here, log(folder.resolve("other")));
    assertThatThrownBy(() -> unsendable.run(new SparkTrials(spark)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "search: the objective cannot be sent to executors; declare it as SparkTrials.Trial");
  }

  // ---- training -------------------------------------------------------------------------------

  /** 100 steps on batches of 8 and one of 5. */
  @Test
  void trainsAsOneProcessDoes() throws Exception {
    List<SparkWorkers.Work<double[]>> both =
        List.of(
            worker -> Toys.train(worker, Toys.convNet(), Toys.batches(21), 34, null, s -> {}),
            worker -> Toys.train(worker, Toys.normed(), Toys.batches(21), 34, null, s -> {}));
    for (SparkWorkers.Work<double[]> work : both) {
      double[] found = SparkWorkers.of(spark, 2).run(work);
      assertThat(found).containsExactly(work.of(Collective.alone()), within(1e-9));
      assertThat(found).isEqualTo(Toys.ofThreads(work));
    }
  }

  /** Worker 1 dies after step 5, and the stage begins again from the checkpoint of step 4. */
  @Test
  void lostTaskRestartsTheStageBitForBit(@TempDir Path folder) throws Exception {
    String saved = folder.resolve("run.safetensors").toString();
    double[] found =
        SparkWorkers.of(spark, 2)
            .run(
                worker ->
                    Toys.trainNormed(
                        worker,
                        saved,
                        step -> {
                          if (step == 5
                              && worker.rank() == 1
                              && BarrierTaskContext.get().stageAttemptNumber() == 0) {
                            throw new AssertionError("the end of this task");
                          }
                        }));
    assertThat(found).isEqualTo(Toys.undisturbed());
  }

  @Test
  void dataOfADatasetStaysWhereItIs() throws Exception {
    Samples samples = Toys.images(20);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(
          RowFactory.create(samples.get(i).input().floats(), (int) samples.get(i).target().get(0)));
    }
    Dataset<Row> frame =
        spark.createDataFrame(
            rows,
            new StructType()
                .add("pixels", DataTypes.createArrayType(DataTypes.FloatType))
                .add("label", DataTypes.IntegerType));
    SparkWorkers.RowSample sample =
        row -> {
          List<Float> pixels = row.getList(0);
          HostArray image = HostArray.zeros(Shape.of(1, 6, 6), DType.FLOAT32);
          for (int i = 0; i < pixels.size(); i++) {
            image.set(i, pixels.get(i));
          }
          return Sample.of(image, row.getInt(1));
        };
    String found =
        SparkWorkers.of(spark, 2)
            .run(
                frame,
                sample,
                (worker, own) -> {
                  double[] count = {own.size()};
                  worker.allReduce(count);
                  double[] weights =
                      Toys.train(
                          worker,
                          Toys.normed(),
                          new SpreadBatches(worker, new DataLoader(own, 4)),
                          2,
                          null,
                          s -> {});
                  return own.size() + " of " + count[0] + ", " + weights.length;
                });
    assertThat(found).matches("\\d+ of 20\\.0, \\d+");
    assertThat(found).doesNotStartWith("20 ");
  }

  @Test
  void whatCannotWorkIsToldInOneLine() {
    assertThatThrownBy(() -> SparkWorkers.of(spark, 3).run(worker -> "never"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "workers: 3 asked for, the cluster local[2,4] runs 2 tasks at once; ask for fewer, or"
                + " give it more executors or cores");
    assertThatThrownBy(
            () ->
                SparkWorkers.of(spark, 2)
                    .run(
                        worker ->
                            Toys.train(
                                worker,
                                Toys.normed(),
                                new DataLoader(Samples.of(8, Toys::unreadable), 8),
                                1,
                                null,
                                s -> {})))
        .isInstanceOf(IOException.class)
        .hasMessage("cars.csv, line 7: has 1 cells");
    Values values = candidates().get(0);
    assertThatThrownBy(() -> SparkWorkers.of(spark, 2).run(worker -> values.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "workers: what is to be run cannot be sent to executors, it holds a"
                + " io.github.trimaran.search.Values; make that on the executors, or of numbers"
                + " and texts");
    assertThatThrownBy(() -> SparkWorkers.of(spark, 0))
        .hasMessage("workers: must be at least 1, are 0");
  }

  // ---- prediction -----------------------------------------------------------------------------

  @Test
  void answersAreColumns(@TempDir Path folder) throws Exception {
    Path file = Toys.letters(folder.resolve("letters.st"));
    Samples samples = Toys.images(21);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      rows.add(RowFactory.create(i, samples.get(i).input().floats()));
    }
    Dataset<Row> frame =
        spark
            .createDataFrame(
                rows,
                new StructType()
                    .add("id", DataTypes.IntegerType)
                    .add("pixels", DataTypes.createArrayType(DataTypes.FloatType)))
            .repartition(2);
    SparkPredictor predictor = SparkPredictor.load(spark, file, "cpu").batch(4);
    Dataset<Row> answered = predictor.predict(frame, "pixels");
    assertThat(answered.columns())
        .containsExactly("id", "pixels", "label", "class", "probability", "probabilities");
    predictor.register("letter");
    frame.createOrReplaceTempView("images");
    Dataset<Row> inSql = spark.sql("SELECT id, letter(pixels).label FROM images ORDER BY id");
    List<Row> labels = inSql.collectAsList();
    try (Backend<?> backend = Backends.get("cpu");
        Predictor<HostArray, Classified> here =
            Predictor.load(file, backend, PredictorSettings.standard().batch(4))) {
      List<Row> found = answered.orderBy("id").collectAsList();
      assertThat(found).hasSize(21);
      for (int i = 0; i < 21; i++) {
        Classified expected = here.predict(samples.get(i).input());
        assertThat(found.get(i).getString(2)).isEqualTo(expected.label());
        assertThat(found.get(i).getInt(3)).isEqualTo(expected.index());
        assertThat(found.get(i).getDouble(4)).isEqualTo(expected.probability());
        assertThat(found.get(i).<Double>getList(5)).isEqualTo(expected.probabilities());
        assertThat(labels.get(i).getString(1)).isEqualTo(expected.label());
      }
    }
    assertThatThrownBy(() -> predictor.predict(frame, "image"))
        .hasMessage("prediction: there is no column 'image'; there are [id, pixels]");
    assertThatThrownBy(() -> predictor.predict(frame.withColumnRenamed("id", "label"), "pixels"))
        .hasMessage("prediction: there is a column 'label' already; rename it first");
  }

  @Test
  void picturesAreBinaryFiles(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pictures.st");
    try (Backend<?> backend = Backends.get("cpu");
        Sequential model = new Sequential(new Flatten(), new Linear(48, 2))) {
      model.init(backend, DType.FLOAT32, Rng.seeded(1));
      Predictor.of(model, PicturePreparation.of(4, 4), new ClassAnswer(List.of("a", "b")))
          .save(file);
    }
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(i, i, 0xff0000 >> 4 * i);
      Pictures.writePng(pictures.resolve(i + ".png"), picture);
    }
    Dataset<Row> frame = spark.read().format("binaryFile").load(pictures.toString());
    List<Row> found =
        SparkPredictor.load(spark, file, "cpu")
            .predict(frame, "content")
            .select("path", "label", "probability")
            .orderBy("path")
            .collectAsList();
    assertThat(found).hasSize(3);
    try (Backend<?> backend = Backends.get("cpu");
        Predictor<BufferedImage, Classified> here =
            Predictor.load(file, backend, PredictorSettings.standard().batch(32))) {
      for (int i = 0; i < 3; i++) {
        Classified expected = here.predict(Pictures.read(pictures.resolve(i + ".png")));
        assertThat(found.get(i).getString(1)).isEqualTo(expected.label());
        assertThat(found.get(i).getDouble(2)).isEqualTo(expected.probability());
      }
    }
  }

  @Test
  void damagedPredictorIsToldInOneLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("no.st"), "not one");
    assertThatThrownBy(() -> SparkPredictor.load(spark, file, "cpu"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no.st");
  }
}
