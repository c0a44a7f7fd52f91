package io.github.trimaran.cluster;

import io.github.trimaran.examples.run.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Executors must have what the driver has: numbers would differ, or classes not fit. */
final class SameVersions {

  private SameVersions() {}

  /**
   * Asks all executors.
   *
   * @param own the driver's version of this library
   * @throws InputException in one line, if one has another
   */
  static void require(SparkSession spark, String own) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = Math.max(1, SparkConnection.slots(spark));
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      numbers.add(i);
    }
    List<String> found;
    try {
      found =
          context.parallelize(numbers, tasks).map(number -> SparkConnection.version()).collect();
    } catch (RuntimeException | LinkageError e) {
      throw new InputException(
          "--cluster: executors cannot run this program: " + SparkConnection.reason(e), e);
    }
    TreeSet<String> others = new TreeSet<>(found);
    others.remove(own);
    if (!others.isEmpty()) {
      throw new InputException(
          "--cluster: executors have Trimaran "
              + String.join(", ", others)
              + ", this is "
              + own
              + "; take it from the cluster's class path, or put the same there");
    }
  }
}
