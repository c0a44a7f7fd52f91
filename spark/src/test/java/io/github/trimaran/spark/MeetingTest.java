package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers return together. */
@Tag("one-jdk")
class MeetingTest {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Clusters.local();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Whether the other worker is done just before or just after Spark hears of the loss. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void workerThatIsDoneWhenAnotherIsLostBeginsAgainToo(int milliseconds) throws Exception {
    String found =
        SparkWorkers.of(spark, 2)
            .run(
                worker -> {
                  if (BarrierTaskContext.get().stageAttemptNumber() > 0) {
                    return "both of " + worker.size();
                  }
                  if (worker.rank() == 1) {
                    throw new AssertionError("the end of this task");
                  }
                  Thread.sleep(milliseconds);
                  throw new IOException("what worker 0 makes of the loss");
                });
    assertThat(found).isEqualTo("both of 2");
  }

  @Test
  @Timeout(60)
  void workerWithoutSamplesEndsTheOthers() {
    Dataset<Row> one =
        spark.createDataFrame(
            List.of(RowFactory.create(1)), new StructType().add("number", DataTypes.IntegerType));
    assertThatIOException()
        .isThrownBy(
            () ->
                SparkWorkers.of(spark, 2)
                    .run(
                        one,
                        row -> Toys.images(1).get(0),
                        (worker, own) -> String.valueOf(own.size())))
        .withMessage("workers: one has no samples; there are fewer than workers");
  }
}
