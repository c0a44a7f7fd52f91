package io.github.trimaran.examples.engines;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that trains for 5,000 steps and prints a line at some of them: the step, the live
 * arrays, the bytes used on the heap after a collection, and the bytes resident.
 */
final class EnduranceProbe {

  static final Path STATUS = Path.of("/proc/self/status");
  static final int STEPS = 5_000;
  private static final List<Long> SHOWN = List.of(10L, 100L, 500L, 1_000L, 2_500L, (long) STEPS);

  private EnduranceProbe() {}

  /** With the backend's name. */
  public static void main(String[] arguments) throws IOException {
    Backend<?> backend = Backends.get(arguments[0]);
    Engines.train(
        backend,
        DType.FLOAT32,
        STEPS,
        new Listener() {
          @Override
          public void onStep(StepRecord step) {
            if (SHOWN.contains(step.step())) {
              show(step.step(), backend.liveArrays());
            }
          }
        });
  }

  private static void show(long step, long live) {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.println(step + " " + live + " " + heap + " " + resident());
  }

  private static long resident() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATUS, e);
    }
  }
}
