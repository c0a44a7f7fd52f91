package io.github.trimaran.benchmarks.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.array.DType;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.benchmarks.peers.TrainingStep;
import io.github.trimaran.benchmarks.peers.TrainingSteps;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The memory that training takes, each in a process of its own: the peak of the heap, and of what
 * the process had resident (Linux' {@code VmHWM}; elsewhere unknown). {@code none} takes no steps:
 * it shows what a JVM with a batch takes.
 */
public final class MemoryRun {

  private static final int STEPS = 30;

  private MemoryRun() {}

  /** The process itself: takes the steps, then prints one line. */
  public static void main(String[] arguments) throws IOException {
    double consumed = Workload.of("cifar", 50).images()[0];
    if (!arguments[0].equals("none")) {
      TrainingStep step =
          TrainingSteps.of(
              arguments[0], DType.FLOAT32, arguments[1], Integer.parseInt(arguments[2]));
      for (int i = 0; i < STEPS; i++) {
        consumed += step.take();
      }
    }
    if (Double.isNaN(consumed)) {
      throw new IllegalStateException("memory: the training of " + arguments[0] + " diverged");
    }
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    Map<String, Long> result = Map.of("heap_bytes", heap, "resident_bytes", resident());
    System.out.println(new ObjectMapper().writeValueAsString(result));
    System.exit(0); // engines leave threads behind
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  /**
   * Runs such a process.
   *
   * @param errors where its standard error goes
   * @return {@code heap_bytes} and {@code resident_bytes}, 0 where unknown
   * @throws IOException if it fails
   */
  static JsonNode measure(String by, String data, int batch, Path errors)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ForkFlags.all());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MemoryRun.class.getName(), by, data, Integer.toString(batch)));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    String output;
    try {
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("exit code " + process.exitValue());
      }
    } finally {
      process.destroy();
    }
    List<String> lines = output.lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
