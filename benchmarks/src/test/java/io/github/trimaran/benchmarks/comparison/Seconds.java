package io.github.trimaran.benchmarks.comparison;

import com.sun.management.OperatingSystemMXBean;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times the five tasks with one library, in a JVM that has done nothing yet: what loading an engine
 * takes is in the first. A line each: the task, seconds by the clock, seconds of all processors,
 * and the result. Its arguments are the library and an empty folder.
 */
final class Seconds {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Seconds() {}

  /** By its name in the page. */
  static Library library(String name) {
    return switch (name) {
      case "Trimaran" -> new WithTrimaran();
      case "DJL" -> new WithDjl();
      case "DL4J" -> new WithDl4j();
      default -> throw new IllegalArgumentException(name);
    };
  }

  public static void main(String[] arguments) throws Exception {
    Library library = library(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Path weights = weights(library.formOfWeights(), folder);
    TrainTest digits = EmbeddedDigits.trainTest(1_000, 500);
    Digits train = Digits.of(digits.train());
    Digits test = Digits.of(digits.test());
    time("train digits", () -> library.trainDigits(train, test));
    time("own layer", () -> library.ownLayer(train, test));
    time("fine-tune", () -> library.fineTune(train.parity(), test.parity()));
    time("serve", () -> share(library.serve(folder), test, 1_000));
    time("load PyTorch weights", () -> library.loadWeights(weights, new float[] {1, 1, 1, 1})[0]);
    System.exit(0);
  }

  /** The share of right answers to many questions from four threads at once. */
  static double share(ToIntFunction<float[]> server, Digits test, int questions) throws Exception {
    int[] right = new int[4];
    Thread[] askers = new Thread[right.length];
    for (int t = 0; t < askers.length; t++) {
      int asker = t;
      askers[t] =
          new Thread(
              () ->
                  right[asker] =
                      (int)
                          IntStream.range(0, questions / right.length)
                              .map(i -> (i * right.length + asker) % test.size())
                              .filter(i -> server.applyAsInt(test.picture(i)) == test.labels()[i])
                              .count());
      askers[t].start();
    }
    for (Thread asker : askers) {
      asker.join();
    }
    return IntStream.of(right).sum() / (double) questions;
  }

  /**
   * The weights that PyTorch has saved, in the form asked for. Who cannot read PyTorch's file needs
   * somebody to export it first: here that is done, outside of what is timed.
   */
  static Path weights(String form, Path folder) throws IOException {
    Path pth = Path.of("..", "core", "src", "test", "resources", "io", "zip.pth");
    StateDict saved = WeightFiles.read(pth).filter("dense"::equals);
    return switch (form) {
      case "pth" -> pth;
      case "safetensors" -> {
        Path file = folder.resolve("linear.safetensors");
        Safetensors.write(file, saved);
        yield file;
      }
      default ->
          Files.write(
              folder.resolve("linear.npy"),
              Nd4j.toNpyByteArray(Nd4j.create(saved.get("dense").floats(), new long[] {3, 4})));
    };
  }

  private interface Work {
    double run() throws Exception;
  }

  private static void time(String task, Work work) throws Exception {
    long before = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    double result = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    double ofProcessors = (PROCESS.getProcessCpuTime() - before) / 1e9;
    System.out.println(
        String.format(Locale.ROOT, "%s | %.1f | %.1f | %.3f", task, seconds, ofProcessors, result));
  }
}
