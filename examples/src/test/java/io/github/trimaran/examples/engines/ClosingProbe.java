package io.github.trimaran.examples.engines;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.backend.SgdStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that makes, uses and closes backends, and prints its threads and its resident kilobytes
 * after the first hundred of them and after a thousand more.
 */
final class ClosingProbe {

  static final Path STATUS = Path.of("/proc/self/status");
  private static final int FIRST = 100;
  private static final int MORE = 1_000;

  private ClosingProbe() {}

  /** With the backend's name. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (int i = 1; i <= FIRST + MORE; i++) {
      try (Backend<?> backend = Backends.get(arguments[0], new BackendOptions(2, "cpu"))) {
        use(backend);
      }
      if (i == FIRST || i == FIRST + MORE) {
        System.gc();
        Thread.sleep(200);
        System.out.println(status("Threads:") + " " + status("VmRSS:"));
      }
    }
  }

  /** Leaves some 2 MB of arrays live. */
  private static <A> void use(Backend<A> backend) {
    A images = backend.full(Shape.of(8, 3, 32, 32), DType.FLOAT32, 0.5);
    A filters = backend.full(Shape.of(4, 3, 3, 3), DType.FLOAT32, 0.1);
    backend.conv2d(images, filters, Conv2dGeometry.of(1, 1));
    A weights = backend.full(Shape.of(1 << 18), DType.FLOAT32, 1);
    backend.sgdUpdate(weights, backend.neg(weights), null, new SgdStep(0.1, 0, false, 0));
  }

  private static long status(String key) throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
