package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of training steps take no more memory than hundreds. Run with {@code -Psoak}. */
@Tag("soak")
class EnduranceTest {

  private record Usage(long live, long heap, long resident) {}

  @BeforeEach
  void assumeMeasurable() {
    Engines.assumeOnTheClassPath();
    assumeTrue(Files.exists(EnduranceProbe.STATUS), "resident memory is read from /proc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "nd4j", "djl"})
  void memoryStopsGrowing(String backend) throws IOException, InterruptedException {
    Map<Long, Usage> usage = train(backend);
    usage.forEach(
        (step, used) ->
            System.out.printf(
                "endurance    %-6s step %4d: %d live arrays, heap %.1f MB, resident %.1f MB%n",
                backend, step, used.live(), used.heap() / 1e6, used.resident() / 1e6));
    assertThat(usage.values()).extracting(Usage::live).containsOnly(usage.get(10L).live());
    assertThat((double) usage.get(1_000L).heap()).isLessThan(1.1 * usage.get(100L).heap());
    assertThat((double) usage.get((long) EnduranceProbe.STEPS).resident())
        .isLessThan(1.02 * usage.get(500L).resident());
  }

  /**
   * In a JVM of its own, its heap resident from the start and the JIT done before step 500: its
   * compilations take some 20 MB for a while, in which a leak would not be seen.
   */
  private static Map<Long, Usage> train(String backend) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-Xbatch", "-XX:CompileThresholdScaling=0.05"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EnduranceProbe.class.getName(), backend));
    Process probe =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(probe.waitFor()).as(output).isZero();
    Map<Long, Usage> usage = new LinkedHashMap<>();
    for (String line : output.lines().toList()) {
      long[] values = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
      usage.put(values[0], new Usage(values[1], values[2], values[3]));
    }
    return usage;
  }
}
