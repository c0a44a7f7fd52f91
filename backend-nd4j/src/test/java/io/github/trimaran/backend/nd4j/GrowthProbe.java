package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.BackendOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that works for thousands of steps and prints its resident pages early and at the end.
 */
final class GrowthProbe {

  static final Path STATUS = Path.of("/proc/self/statm");

  private GrowthProbe() {}

  /** Prints two numbers. */
  public static void main(String[] arguments) throws IOException {
    Nd4jBackend backend =
        (Nd4jBackend) new Nd4jBackendProvider().create(new BackendOptions(2, "cpu"));
    Nd4jArray input = backend.full(Shape.of(8, 3, 16, 16), DType.FLOAT32, 0.5);
    Nd4jArray weight = backend.full(Shape.of(4, 3, 3, 3), DType.FLOAT32, 0.1);
    Nd4jArray matrix = backend.full(Shape.of(256, 64), DType.FLOAT32, 0.1);
    Conv2dGeometry geometry = Conv2dGeometry.of(1, 1);
    for (int step = 0; step <= 4000; step++) {
      Nd4jArray y = backend.conv2d(input, weight, geometry);
      Nd4jArray gw = backend.conv2dWeightGrad(input, y, weight.shape(), geometry);
      Nd4jArray gx = backend.conv2dInputGrad(y, weight, input.shape(), geometry);
      Nd4jArray flat = backend.reshape(y, Shape.of(32, 256));
      Nd4jArray product = backend.matmul(flat, matrix);
      Nd4jArray sum = backend.add(product, product);
      Nd4jArray e = backend.exp(sum);
      List.of(y, gw, gx, flat, product, sum, e).forEach(backend::release);
      if (step == 1500 || step == 4000) {
        System.out.println(resident());
      }
    }
  }

  private static long resident() throws IOException {
    return Long.parseLong(Files.readString(STATUS).split(" ")[1]);
  }
}
