package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.random.Rng;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The maxima without their places, for rows narrower and wider than a register, by plain loops. */
class MaxPoolValuesTest {

  private static final int HEIGHT = 7;

  static Stream<CpuBackend> backends() {
    return TestBackends.both();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void agreesWithNestedLoops(CpuBackend backend) {
    Rng rng = Rng.seeded(3);
    for (int width = 4; width <= 40; width++) {
      float[] values = Naive.random(rng, DType.FLOAT32, 2, HEIGHT, width).floats();
      values[width + 1] = Float.NaN;
      values[2 * width + 2] = Float.POSITIVE_INFINITY;
      HostArray image = HostArray.of(values, Shape.of(1, 2, HEIGHT, width));
      for (int kernel = 1; kernel <= 4; kernel++) {
        for (int stride = 1; stride <= 3; stride++) {
          Pool2dGeometry geometry =
              Pool2dGeometry.of(kernel, stride).withPadding(kernel / 2).withCeilMode(stride == 2);
          check(backend, image, geometry);
        }
      }
    }
  }

  private static void check(CpuBackend backend, HostArray image, Pool2dGeometry geometry) {
    CpuArray x = backend.fromHost(image);
    CpuArray pooled = backend.maxPool2dValues(x, geometry).orElseThrow();
    Shape shape = geometry.outputShape(image.shape());
    assertThat(pooled.shape()).isEqualTo(shape);
    assertThat(backend.toHost(pooled).floats())
        .as("%s by %s", image.shape(), geometry)
        .containsExactly(loops(image, geometry, shape));
    backend.release(pooled);
    backend.release(x);
  }

  private static float[] loops(HostArray image, Pool2dGeometry geometry, Shape shape) {
    int width = image.shape().dim(3);
    float[] expected = new float[shape.size()];
    int at = 0;
    for (int c = 0; c < shape.dim(1); c++) {
      for (int y = 0; y < shape.dim(2); y++) {
        for (int x = 0; x < shape.dim(3); x++) {
          float max = Float.NEGATIVE_INFINITY;
          for (int i = 0; i < geometry.kernelH(); i++) {
            for (int j = 0; j < geometry.kernelW(); j++) {
              int h = y * geometry.strideH() - geometry.padH() + i;
              int w = x * geometry.strideW() - geometry.padW() + j;
              if (h >= 0 && h < HEIGHT && w >= 0 && w < width) {
                max = Math.max(max, image.floats()[(c * HEIGHT + h) * width + w]);
              }
            }
          }
          expected[at++] = max;
        }
      }
    }
    return expected;
  }
}
