package io.github.trimaran.examples.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A command of this program run in a process of its own, with this one's class path and JVM flags,
 * so that its time and memory are its own.
 *
 * @param exitCode of the process
 * @param seconds from start to end, the start of the JVM included
 * @param peakBytes the most memory it had resident; empty where the system does not tell
 */
public record ChildRun(int exitCode, double seconds, OptionalLong peakBytes) {

  private static final long POLL_MILLIS = 50;

  /**
   * Runs a command to its end; its output goes to this process's.
   *
   * @param mainClass whose {@code main} to run
   */
  public static ChildRun of(Class<?> mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    command.addAll(arguments);
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).inheritIO().start();
    long peak = 0;
    try {
      do {
        peak = Math.max(peak, peakOf(process.pid()));
      } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS));
    } finally {
      process.destroy();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new ChildRun(
        process.exitValue(), seconds, peak == 0 ? OptionalLong.empty() : OptionalLong.of(peak));
  }

  /** The high-water mark of resident memory that Linux keeps; 0 elsewhere. */
  private static long peakOf(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 0; // the process has ended, or this is no Linux
    }
    return 0;
  }
}
