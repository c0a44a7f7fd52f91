package io.github.trimaran.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The guide's own job, whose lines are five. */
public final class Answers {

  private Answers() {}

  /** Of a predictor's file, a folder of rows and the folder of the answers. */
  public static void main(String... args) throws IOException {
    // spotless:off
    SparkSession spark = SparkSession.builder().getOrCreate();
    SparkPredictor letters = SparkPredictor.load(spark, Path.of(args[0]), "cpu");
    Dataset<Row> answered = letters.predict(spark.read().parquet(args[1]), "pixels");
    answered.select("id", "label", "probability").write().parquet(args[2]);
    spark.stop();
    // spotless:on
  }
}
