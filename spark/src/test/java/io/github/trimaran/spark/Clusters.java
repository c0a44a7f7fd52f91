package io.github.trimaran.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Clusters of this machine; one at a time in a JVM. */
final class Clusters {

  private Clusters() {}

  /** Threads of this JVM: two tasks at once, each tried four times. */
  static SparkSession local() {
    return session("local[2,4]", Map.of());
  }

  /** A master, and two workers with an executor each, of one core and in JVMs of their own. */
  static SparkSession ofProcesses(Map<String, String> settings) throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return session("local-cluster[2,1,1024]", settings);
  }

  /** The cluster whose master is there. */
  static SparkSession at(String master, Map<String, String> settings) {
    return session(master, settings);
  }

  private static SparkSession session(String master, Map<String, String> settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(master)
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.memory", "700m")
            .config("spark.sql.warehouse.dir", "target/warehouse");
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }
}
