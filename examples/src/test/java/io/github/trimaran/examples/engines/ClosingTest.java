package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand backends made, used and closed leave neither threads nor memory. */
@Tag("long")
class ClosingTest {

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "nd4j", "djl"})
  void nothingIsLeft(String backend) throws IOException, InterruptedException {
    if (!backend.equals("cpu")) {
      Engines.assumeOnTheClassPath();
    }
    assumeTrue(Files.exists(ClosingProbe.STATUS), "memory is read from " + ClosingProbe.STATUS);
    List<long[]> usage = probe(backend);
    assertThat(usage).hasSize(2);
    long threads = usage.get(1)[0] - usage.get(0)[0];
    long kilobytes = usage.get(1)[1] - usage.get(0)[1];
    System.out.printf(
        "closing      %-5s %d threads and %d kB more after 1,000 backends%n",
        backend, threads, kilobytes);
    // The JVM's compilers start and end threads of their own.
    assertThat(threads).isLessThan(10);
    // Each had 2 MB of live arrays; the JVM itself takes some 3 MB in this time.
    assertThat(kilobytes).isLessThan(8_000);
  }

  /**
   * In a JVM of its own, its heap resident from the start, and without the second JIT compiler,
   * which takes 20 MB for a while.
   */
  private static List<long[]> probe(String backend) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClosingProbe.class.getName(), backend));
    Process probe =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(probe.waitFor()).as(output).isZero();
    return output
        .lines()
        .map(line -> Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray())
        .toList();
  }
}
