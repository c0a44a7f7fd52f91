package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On the cluster that the script of the documentation starts: a master and two workers. */
@Tag("soak")
class StandaloneClusterTest {

  @Test
  void trainsOnTheClusterOfTheScript() throws Exception {
    Map<String, String> secret = Map.of("SPARK_SECRET", "of the cluster");
    try (ScriptedCluster cluster = ScriptedCluster.start(secret)) {
      SparkSession spark =
          Clusters.at(
              cluster.master(),
              Map.of("spark.authenticate", "true", "spark.authenticate.secret", "of the cluster"));
      try {
        SparkWorkers.Work<double[]> work =
            worker -> Toys.train(worker, Toys.normed(), Toys.batches(21), 2, null, s -> {});
        double[] found = SparkWorkers.of(spark, 2).run(work);
        assertThat(found).isEqualTo(Toys.ofThreads(work));
      } finally {
        spark.stop();
      }
    }
  }
}
