package io.github.trimaran.cluster;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.data.embedded.EmbeddedImages;
import io.github.trimaran.data.prediction.ArrayPreparation;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.examples.training.Networks;
import io.github.trimaran.examples.training.Recipe;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Search;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import io.github.trimaran.spark.SparkCores;
import io.github.trimaran.spark.SparkPredictor;
import io.github.trimaran.spark.SparkTrials;
import io.github.trimaran.spark.SparkWorkers;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.prediction.Predictor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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

/**
 * A driver that does what {@link SpeedTest} tells it to on its standard input, and says how long
 * each job took and what came out. All use the backend {@code cpu}.
 */
final class SpeedJobs {

  /** What a line of an answer begins with; Spark may say other things. */
  static final String ANSWER = "job: ";

  private static final int ROWS = 4_608;
  private static final int STEPS = 6;

  /**
   * What a job came to.
   *
   * @param seconds that count
   * @param found to be compared with that of others
   */
  record Done(double seconds, String found) {

    static Done of(String line) {
      String[] words = line.split(" ", 2);
      return new Done(Double.parseDouble(words[0]), words[1]);
    }

    @Override
    public String toString() {
      return seconds + " " + found;
    }
  }

  private final SparkSession spark;
  private final Path folder;
  private SparkPredictor predictor;

  private SpeedJobs(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Of the cluster of that master, with a folder for its files. */
  public static void main(String... arguments) throws IOException {
    Console console = new Console(new PrintWriter(Writer.nullWriter()), true);
    SparkSession spark = SparkConnection.open(arguments[0], console);
    SpeedJobs jobs = new SpeedJobs(spark, Path.of(arguments[1]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = in.readLine(); name != null; name = in.readLine()) {
      System.out.println(ANSWER + jobs.run(name));
    }
    SparkConnection.close(spark);
  }

  private Done run(String name) throws IOException {
    return switch (name) {
      case "search" -> search();
      case "training" -> train();
      case "prediction" -> predict();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) * 1e-9;
  }

  // ---- search ---------------------------------------------------------------------------------

  /** Successive halving of 8 candidates: 14 trials in three jobs of Spark. */
  private Done search() throws IOException {
    List<Values> candidates =
        Space.builder().logUniform("rate", 1e-4, 1e-2).build().sample(8, Rng.seeded(1));
    SparkTrials.Trial accuracy = (values, epochs, worker) -> accuracy(values, epochs);
    Path file = Files.createTempDirectory(folder, "search").resolve("log");
    TrialLog log = TrialLog.open(file, Map.of());
    long begin = System.nanoTime();
    List<Trial> trials =
        new Search(candidates, new Halving(8, 1, 2, 3), accuracy, log).run(new SparkTrials(spark));

    return new Done(since(begin), trials.stream().map(Trial::score).toList().toString());
  }

  private static Objective.Score accuracy(Values values, int epochs) throws IOException {
    TrainTest digits = Digits.ALL;
    BasicConvNet.Settings settings = BasicConvNet.Settings.defaults(digits.train().imageShape());
    try (Backend<?> backend = SparkCores.backend("cpu");
        Layer model = new BasicConvNet(settings.withFilters(16).withFilterSize(5))) {
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      Adam adam = new Adam(model.parameters(), values.number("rate"));
      Trainer trainer = Trainer.builder(model, adam).quiet().build();
      trainer.fit(Batches.shuffled(digits.train(), 50, Rng.seeded(1)), epochs);
      double found =
          Evaluator.plain().evaluate(model, Batches.inOrder(digits.test(), 100)).accuracy();
      return new Objective.Score(found, List.of());
    }
  }

  /** Drawn once a JVM. */
  private static final class Digits {
    static final TrainTest ALL = EmbeddedDigits.trainTest(6_000, 1_000);
  }

  // ---- training -------------------------------------------------------------------------------

  /** Some steps of the record's recipe, at full width with its batch of 250: seconds of a step. */
  private Done train() throws IOException {
    double[] found =
        SparkWorkers.of(spark, SparkConnection.slots(spark)).run(worker -> trained(worker));
    return new Done(found[0], String.valueOf(found[1]));
  }

  private static double[] trained(Collective worker) throws IOException {
    Recipe recipe = Recipe.of(Networks.RECORD);
    Experiment experiment = recipe.experiment().orElseThrow();
    Dataset images = Figures.ALL;
    Normalization normalization = recipe.normalization(images);
    Batches batches =
        experiment
            .augmentation()
            .apply(
                Batches.shuffled(images, experiment.batchSize(), Rng.seeded(1))
                    .normalized(normalization),
                Rng.seeded(2));
    try (Backend<?> backend = SparkCores.backend("cpu");
        Layer model = recipe.network(experiment.network(), images, normalization)) {
      model.init(backend, DType.FLOAT32, Rng.seeded(3));
      try (Optimizer optimizer = recipe.optimizer(experiment, model, 100)) {
        EpochRecord last =
            Trainer.builder(model, optimizer, new Supervised(recipe.loss()))
                .quiet()
                .collective(worker)
                .build()
                .fit(batches, 1)
                .last();
        return new double[] {experiment.batchSize() / last.samplesPerSecond(), last.loss()};
      }
    }
  }

  /** Drawn once a JVM. */
  private static final class Figures {
    static final Dataset ALL = EmbeddedImages.trainTest(STEPS * 250, 1).train();
  }

  // ---- prediction -----------------------------------------------------------------------------

  /** The record's network asked about the rows of a folder. */
  private Done predict() throws IOException {
    String pixels = folder.resolve("pixels").toString();
    if (predictor == null) {
      writeRows(pixels);
      predictor = SparkPredictor.load(spark, saved(folder.resolve("figures.st")), "cpu");
    }
    long begin = System.nanoTime();
    Row found =
        predictor
            .predict(spark.read().parquet(pixels), "pixels")
            .selectExpr("count(*)", "bit_xor(xxhash64(id, class, probability))")
            .head();
    return new Done(since(begin), found.getLong(0) + " rows " + found.getLong(1));
  }

  private void writeRows(String place) {
    Dataset images = EmbeddedImages.trainTest(1, ROWS).test();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(RowFactory.create(i, images.image(i).to(DType.FLOAT32).floats()));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("pixels", DataTypes.createArrayType(DataTypes.FloatType));
    spark.createDataFrame(rows, schema).repartition(8).write().parquet(place);
  }

  private static Path saved(Path file) throws IOException {
    Recipe recipe = Recipe.of(Networks.RECORD);
    Dataset images = EmbeddedImages.trainTest(100, 1).train();
    try (Backend<?> backend = Backends.get("cpu");
        Layer model =
            recipe.network(
                recipe.experiment().orElseThrow().network(),
                images,
                recipe.normalization(images))) {
      model.init(backend, DType.FLOAT32, Rng.seeded(3));
      HostArray one = images.image(0);
      Predictor.of(
              model,
              new ArrayPreparation(one.shape(), DType.FLOAT32),
              new ClassAnswer(images.classNames()))
          .save(file);
    }
    return file;
  }
}
