package io.github.trimaran.cluster;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.spark.SparkFailures;
import io.github.trimaran.spark.Versions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Says before anything is computed that executors have other {@link Versions} than the driver. */
final class SameVersions {

  private SameVersions() {}

  /**
   * Asks all executors.
   *
   * @param own the driver's
   * @throws InputException in one line, if one has another
   */
  static void require(SparkSession spark, Versions own) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = Math.max(1, SparkConnection.slots(spark));
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      numbers.add(i);
    }
    List<String> found;
    try {
      found =
          context
              .parallelize(numbers, tasks)
              .map(number -> Versions.here().toString())
              .distinct()
              .collect();
    } catch (RuntimeException | LinkageError e) {
      throw new InputException(
          "--cluster: executors cannot run this program: " + SparkFailures.reason(e), e);
    }
    List<String> others =
        found.stream().filter(one -> !one.equals(own.toString())).sorted().toList();
    if (!others.isEmpty()) {
      throw new InputException(
          "--cluster: executors have "
              + String.join(", ", others)
              + ", this is "
              + own
              + "; take it from the cluster's class path, or put the same there");
    }
  }
}
