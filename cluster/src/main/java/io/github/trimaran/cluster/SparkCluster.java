package io.github.trimaran.cluster;

import io.github.trimaran.examples.run.Cluster;
import io.github.trimaran.search.Attempts;
import io.github.trimaran.search.Objective;
import io.github.trimaran.spark.SparkCores;
import io.github.trimaran.spark.SparkFailures;
import io.github.trimaran.spark.SparkPredictor;
import io.github.trimaran.spark.SparkTrials;
import io.github.trimaran.spark.SparkWorkers;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A cluster of Apache Spark, as the commands see it. */
final class SparkCluster implements Cluster {

  private static final String FILE = "file";
  private static final String PLACE = "place";
  private static final String PIXELS = "pixels";
  private static final String UNUSABLE = "unusable";

  private final SparkSession spark;

  SparkCluster(SparkSession spark) {
    this.spark = spark;
  }

  @Override
  public int slots() {
    return SparkConnection.slots(spark);
  }

  @Override
  public Objective objective(Trial trial) {
    SparkTrials.Trial sent =
        (values, epochs, worker) -> trial.of(values, epochs, SparkCores.ofTask());
    return sent;
  }

  @Override
  public Attempts attempts() {
    return new SparkTrials(spark);
  }

  @Override
  public <T extends Serializable> T sideBySide(int workers, Work<T> work) throws IOException {
    return SparkWorkers.of(spark, workers)
        .run(
            worker ->
                work.of(
                    worker,
                    SparkCores.ofTask(),
                    BarrierTaskContext.get().stageAttemptNumber() > 0));
  }

  @Override
  public List<Said> predict(Path model, String backend, List<String> files, Pixels pixels)
      throws IOException {
    SparkPredictor predictor = SparkPredictor.load(spark, model, backend);
    Dataset<Row> prepared = prepared(files, pixels).cache();
    List<Said> all = new ArrayList<>(Collections.nCopies(files.size(), null));
    try {
      for (Row row : prepared.filter(UNUSABLE + " IS NOT NULL").collectAsList()) {
        all.set(row.getInt(0), new Said(List.of(), row.getString(2)));
      }
      Dataset<Row> usable = prepared.filter(UNUSABLE + " IS NULL").select(PLACE, PIXELS);
      for (Row row :
          predictor.predict(usable, PIXELS).select(PLACE, "probabilities").collectAsList()) {
        all.set(row.getInt(0), new Said(row.getList(1), ""));
      }
      return all;
    } catch (RuntimeException e) {
      throw SparkFailures.inOneLine("predict", e);
    } finally {
      prepared.unpersist();
    }
  }

  /** The pixels of each file, or why there are none, with its place. */
  private Dataset<Row> prepared(List<String> files, Pixels pixels) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      rows.add(RowFactory.create(i, files.get(i)));
    }
    StructType named =
        new StructType().add(PLACE, DataTypes.IntegerType).add(FILE, DataTypes.StringType);
    StructType made =
        new StructType()
            .add(PLACE, DataTypes.IntegerType)
            .add(PIXELS, DataTypes.createArrayType(DataTypes.FloatType))
            .add(UNUSABLE, DataTypes.StringType);
    int parts = Math.min(files.size(), 4 * slots());
    return spark
        .createDataFrame(rows, named)
        .repartition(parts)
        .map((MapFunction<Row, Row>) row -> prepare(row, pixels), Encoders.row(made));
  }

  private static Row prepare(Row row, Pixels pixels) {
    try {
      float[] values = pixels.of(row.getString(1));
      Float[] boxed = new Float[values.length];
      for (int i = 0; i < values.length; i++) {
        boxed[i] = values[i];
      }
      return RowFactory.create(row.getInt(0), boxed, null);
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return RowFactory.create(row.getInt(0), null, reason);
    }
  }

  @Override
  public void close() {
    SparkConnection.close(spark);
  }
}
