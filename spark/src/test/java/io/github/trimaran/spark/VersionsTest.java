package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Driver and executors must have the same. */
@Tag("one-jdk")
class VersionsTest {

  @Test
  void executorsWithOthersAreRefused() throws IOException {
    SparkSession spark = Clusters.local();
    try {
      Versions own = Versions.ofDriver(spark.sparkContext());
      SparkWorkers two = SparkWorkers.of(spark, 2);
      String found = two.sentBy(own).run(worker -> "at work");
      assertThat(found).isEqualTo("at work");
      for (Versions others :
          new Versions[] {new Versions("9.9.9", own.spark()), new Versions("9.9.9", "4.9.9")}) {
        assertThatThrownBy(() -> two.sentBy(others).run(worker -> "at work"))
            .isInstanceOf(IOException.class)
            .hasMessage(
                "versions: the driver has Trimaran 9.9.9 on Spark "
                    + others.spark()
                    + ", an executor has Trimaran "
                    + own.library()
                    + " on Spark "
                    + own.spark()
                    + "; put the same jars on the class paths of both");
      }
    } finally {
      spark.stop();
    }
  }

  @Test
  void anotherSparkThanTheOneBuiltForIsRefused() {
    assertThatThrownBy(() -> new Versions("0.1.0", "3.5.1").requireBuiltFor())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "versions: Trimaran 0.1.0 is built for Spark 4 with Scala 2.13, this is Spark 3.5.1;"
                + " start it with Spark 4");
  }
}
