package io.github.trimaran.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one jar, started by {@code spark-submit} as Spark's own script starts it. The jar is made by
 * {@code mvn -Pspark-jar -Dlight -DskipTests package -pl cluster -am}; without it there is nothing
 * to test.
 */
@Tag("soak")
class SubmittedJarTest {

  private static final String TRAIN =
      "train mnist --data embedded --num-training 60 --num-validation 20 --num-test 50 --epochs 2"
          + " --batch-size 16 --filters 4 --hidden 8 --filter-size 3 --dtype float64";

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void find() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      jar =
          built
              .filter(file -> file.getFileName().toString().endsWith("-submit.jar"))
              .findFirst()
              .orElse(null);
    }
    assumeTrue(jar != null, "mvn -Pspark-jar package has not been run");
  }

  /** Spark and what it needs, without anything of this program. */
  private static String sparkClassPath() {
    List<String> spark =
        List.of("spark-", "scala-", "hadoop-", "log4j", "slf4j-api", "jul-to", "jcl-over", "kryo");
    String path = System.getProperty("java.class.path");
    List<String> ours =
        List.of("trimaran", "picocli", "xchart", "junit", "assertj", "slf4j-simple", "jqwik");
    assertThat(spark).allMatch(path::contains);
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .filter(entry -> ours.stream().noneMatch(name -> new File(entry).getName().contains(name)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private JsonNode submit(String master, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    for (String name : "lang lang.invoke io net nio util util.concurrent".split(" ")) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of("-cp", sparkClassPath(), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", master));
    command.addAll(List.of(more));
    command.add(jar.toString());
    command.addAll(List.of((TRAIN + " --out " + folder.resolve("out")).split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("2 workers side by side");
    return Program.result(folder.resolve("out")).get("runs").get(0).get("metrics");
  }

  private JsonNode here() throws IOException {
    Program.run(folder, TRAIN + " --out @/here").succeeded();
    return Program.result(folder.resolve("here")).get("runs").get(0).get("metrics");
  }

  private static void requireEqual(JsonNode found, JsonNode expected) {
    for (String name : List.of("train_accuracy", "test_accuracy", "test_size")) {
      assertThat(found.get(name)).isEqualTo(expected.get(name));
    }
    assertThat(found.get("final_loss").asDouble())
        .isCloseTo(
            expected.get("final_loss").asDouble(), org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void runsOnThreads() throws Exception {
    requireEqual(submit("local[2]"), here());
  }

  @Test
  void runsOnTheClusterOfTheScript() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("../spark/bin/standalone-cluster", sparkClassPath());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process cluster = builder.start();
    try {
      String master =
          new BufferedReader(
                  new InputStreamReader(cluster.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      requireEqual(
          submit(
              master,
              "--conf",
              "spark.executor.memory=700m",
              "--conf",
              "spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector"),
          here());
    } finally {
      cluster.destroy();
      cluster.waitFor();
    }
  }
}
