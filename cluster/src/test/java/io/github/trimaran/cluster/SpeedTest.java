package io.github.trimaran.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How much faster two executors of one core each are than one. The clusters are there from the
 * beginning, and do the same jobs in turn; the first of each warm up. What the machine itself gives
 * is measured along: how much two clusters of one executor each, which have nothing to do with each
 * other, do at once.
 */
@Tag("soak")
class SpeedTest {

  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 3;

  /** Executors as in a container of one core: neither the collector nor the JIT has another. */
  private static final String FLAGS =
      "--add-modules=jdk.incubator.vector -XX:ActiveProcessorCount=1";

  /** For each job that is named. */
  public static void main(String... jobs) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("trimaran-speed");
    for (String job : jobs) {
      measure(job, folder, ROUNDS, System.out);
    }
  }

  /** The times are told, not required: they need two cores that nobody else uses. */
  @ParameterizedTest
  @ValueSource(strings = {"search", "training", "prediction"})
  void twoExecutorsFindTheSame(String job, @TempDir Path folder) throws Exception {
    measure(job, folder, ROUNDS, System.out);
  }

  /** Does a job on both in turn, requires equal results, and prints a line of a table. */
  private static void measure(String job, Path folder, int rounds, PrintStream out)
      throws IOException, InterruptedException {
    List<Double> ofOne = new ArrayList<>();
    List<Double> ofTwo = new ArrayList<>();
    List<Double> atOnce = new ArrayList<>();
    try (Driver one = Driver.start(1, folder);
        Driver other = Driver.start(1, folder);
        Driver two = Driver.start(2, folder)) {
      for (int round = -WARM_UPS; round < rounds; round++) {
        SpeedJobs.Done here = one.run(job);
        SpeedJobs.Done there = two.run(job);
        requireEqual(job, here.found(), there.found());
        one.begin(job);
        other.begin(job);
        double slower = Math.max(one.done().seconds(), other.done().seconds());
        out.printf(
            Locale.ROOT,
            "%s, %s %d: %.2f s, two executors %.2f s, two clusters at once %.2f s%n",
            job,
            round < 0 ? "warming up" : "round",
            round < 0 ? round + WARM_UPS + 1 : round + 1,
            here.seconds(),
            there.seconds(),
            slower);
        if (round >= 0) {
          ofOne.add(here.seconds());
          ofTwo.add(there.seconds());
          atOnce.add(slower);
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.2f | %s | %.2f |%n",
        job,
        told(ofOne),
        told(ofTwo),
        median(ofOne) / median(ofTwo),
        told(atOnce),
        2 * median(ofOne) / median(atOnce));
  }

  /** Gradients are added up in another order, so the last bits of a loss may differ. */
  private static void requireEqual(String job, String one, String two) {
    if (job.equals("training")) {
      assertThat(Double.parseDouble(two)).isCloseTo(Double.parseDouble(one), within(1e-3));
    } else {
      assertThat(two).isEqualTo(one);
    }
  }

  private static double median(List<Double> all) {
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static String told(List<Double> all) {
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", median(all), sorted[0], sorted[sorted.length - 1]);
  }

  /** A process with a cluster of its own, whose executors are processes too. */
  private record Driver(Process process, BufferedReader said, Path log) implements AutoCloseable {

    static Driver start(int executors, Path folder) throws IOException {
      Path own = Files.createTempDirectory(folder, executors + "-executors");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(flag -> flag.startsWith("--add-"))
          .forEach(command::add);
      String classPath = System.getProperty("java.class.path");
      command.addAll(
          List.of(
              // Executors have all of this class path, so nothing need be sent.
              "-Dtrimaran.spark.classpath=" + classPath,
              "-Dspark.executor.extraClassPath=" + classPath,
              "-Dspark.executor.extraJavaOptions=" + FLAGS,
              "-Dspark.sql.warehouse.dir=" + own.resolve("warehouse"),
              "-Dtrimaran.progress=false",
              "-Xmx1g",
              "-cp",
              classPath,
              SpeedJobs.class.getName(),
              "local-cluster[" + executors + ",1,1024]",
              own.toString()));
      Path log = own.resolve("log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(log.toFile()).directory(own.toFile());
      builder
          .environment()
          .put(
              "SPARK_HOME",
              Files.createDirectories(own.resolve("home/jars")).getParent().toString());
      builder.environment().put("SPARK_SCALA_VERSION", "2.13");
      builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
      Process process = builder.start();
      return new Driver(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
          log);
    }

    SpeedJobs.Done run(String job) throws IOException {
      begin(job);
      return done();
    }

    void begin(String job) throws IOException {
      process.getOutputStream().write((job + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    SpeedJobs.Done done() throws IOException {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(SpeedJobs.ANSWER)) {
          return SpeedJobs.Done.of(line.substring(SpeedJobs.ANSWER.length()));
        }
      }
      throw new IOException("the driver has ended: " + Files.readString(log));
    }

    /** It ends when there is nothing more to do. */
    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
      }
    }
  }
}
