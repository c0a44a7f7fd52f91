package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On the cluster that the script of the documentation starts: a master and two workers. */
@Tag("soak")
class StandaloneClusterTest {

  @Test
  void trainsOnTheClusterOfTheScript() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bin/standalone-cluster", System.getProperty("java.class.path"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_SECRET", "of the cluster");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process cluster = builder.start();
    try {
      String master = firstLine(cluster);
      assertThat(master).startsWith("spark://127.0.0.1:");
      SparkSession spark =
          Clusters.at(
              master,
              Map.of("spark.authenticate", "true", "spark.authenticate.secret", "of the cluster"));
      try {
        SparkWorkers.Work<double[]> work =
            worker -> Toys.train(worker, Toys.normed(), Toys.batches(21), 2, null, s -> {});
        double[] found = SparkWorkers.of(spark, 2).run(work);
        assertThat(found).isEqualTo(Toys.ofThreads(work));
      } finally {
        spark.stop();
      }
    } finally {
      cluster.destroy(); // the script ends what it started
      cluster.waitFor();
    }
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }
}
