package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convolutions that read what their windows see where it lies, against nested loops. Sizes are such
 * that this way is taken.
 */
class PlaneConvolutionTest {

  record Case(
      int n,
      int channels,
      int height,
      int width,
      int filters,
      int kernelH,
      int kernelW,
      Conv2dGeometry geometry) {

    Shape input() {
      return Shape.of(n, channels, height, width);
    }

    Shape weight() {
      return Shape.of(filters, channels, kernelH, kernelW);
    }

    Shape output() {
      return geometry.outputShape(input(), weight());
    }
  }

  /** Numbers of filters leave over what tiles of six and of four take; images, what places do. */
  static Stream<Case> cases() {
    return Stream.of(
        new Case(1, 3, 39, 39, 9, 7, 7, Conv2dGeometry.of(2, 0)),
        new Case(2, 5, 21, 34, 32, 7, 7, Conv2dGeometry.of(1, 3)),
        new Case(1, 64, 9, 9, 16, 1, 1, Conv2dGeometry.of(1, 0)),
        new Case(3, 70, 4, 5, 5, 1, 1, Conv2dGeometry.of(1, 0)),
        new Case(1, 65, 8, 8, 4, 1, 1, Conv2dGeometry.of(1, 1)),
        new Case(2, 24, 13, 13, 11, 3, 3, Conv2dGeometry.of(1, 1)),
        new Case(1, 24, 13, 13, 7, 3, 3, Conv2dGeometry.of(1, 0)),
        new Case(1, 33, 12, 11, 6, 3, 2, Conv2dGeometry.unit().withPadding(2, 0, 1, 2)),
        new Case(1, 33, 12, 11, 8, 3, 2, Conv2dGeometry.unit().withPadding(0, 1, 2, 1)),
        new Case(1, 24, 14, 15, 10, 3, 3, Conv2dGeometry.of(1, 2).withDilation(2, 2)),
        new Case(2, 6, 14, 15, 13, 4, 3, Conv2dGeometry.unit().withStride(3, 2).withPadding(1, 1)),
        new Case(1, 70, 6, 7, 100, 3, 3, Conv2dGeometry.of(2, 1)));
  }

  private static CpuArray random(CpuBackend backend, long seed, Shape shape) {
    return backend.fromHost(Naive.random(Rng.seeded(seed), DType.FLOAT32, shape.dims()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithNestedLoops(Case given) {
    try (CpuBackend backend = TestBackends.vector(2)) {
      CpuArray x = random(backend, 1, given.input());
      CpuArray w = random(backend, 2, given.weight());
      CpuArray b = random(backend, 3, Shape.of(given.filters()));
      double[] xs = backend.toHost(x).toDoubles();
      double[] ws = backend.toHost(w).toDoubles();
      double[] bs = backend.toHost(b).toDoubles();
      double[] sums = new double[given.output().size()];
      Naive.convolve(
          given.input(), given.weight(), given.geometry(), (i, j, o) -> sums[o] += xs[i] * ws[j]);
      int plane = given.output().dim(2) * given.output().dim(3);
      float[] plain = backend.toHost(backend.conv2d(x, w, given.geometry())).floats();
      float[] rectified =
          backend
              .toHost(backend.conv2dBias(x, w, b, given.geometry(), true).orElseThrow())
              .floats();
      CpuArray r = random(backend, 4, given.output());
      double[] rs = backend.toHost(r).toDoubles();
      float[] added =
          backend
              .toHost(backend.conv2dBiasAdd(x, w, b, r, given.geometry(), false).orElseThrow())
              .floats();
      for (int i = 0; i < sums.length; i++) {
        double sum = sums[i] + bs[i / plane % given.filters()];
        double biased = Math.max(0, sum);
        assertThat((double) plain[i]).as("sum %d", i).isCloseTo(sums[i], within(1e-4));
        assertThat((double) rectified[i]).as("result %d", i).isCloseTo(biased, within(1e-4));
        assertThat((double) added[i]).as("residual %d", i).isCloseTo(sum + rs[i], within(1e-4));
      }
    }
  }

  /** The same bits, whoever computes which part, and whatever is in the batch besides. */
  @ParameterizedTest
  @MethodSource("cases")
  void threadsAndOtherImagesDoNotMatter(Case given) {
    try (CpuBackend one = TestBackends.vector(1);
        CpuBackend three = TestBackends.vector(3)) {
      HostArray x = Naive.random(Rng.seeded(1), DType.FLOAT32, given.input().dims());
      HostArray w = Naive.random(Rng.seeded(2), DType.FLOAT32, given.weight().dims());
      float[] expected =
          one.toHost(one.conv2d(one.fromHost(x), one.fromHost(w), given.geometry())).floats();
      CpuArray twice = three.concat(List.of(three.fromHost(x), three.fromHost(x)), 0);
      float[] got = three.toHost(three.conv2d(twice, three.fromHost(w), given.geometry())).floats();
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).as("%d", i).isEqualTo(expected[i % expected.length]);
      }
    }
  }

  /** Channels of a larger image, turned round or not, are as good as a copy of them. */
  @Test
  void takesImagesAndWindowsAsTheyLie() {
    Conv2dGeometry geometry = Conv2dGeometry.of(1, 0);
    try (CpuBackend backend = TestBackends.vector(2)) {
      CpuArray all = random(backend, 1, Shape.of(2, 30, 10, 11));
      CpuArray some =
          backend.slice(
              all, new int[] {0, 3, 0, 0}, new int[] {2, 27, 10, 11}, new int[] {1, 1, 1, 1});
      CpuArray turned = backend.flip(backend.permute(some, 0, 1, 3, 2), 3);
      CpuArray w = random(backend, 2, Shape.of(24, 3, 3, 7));
      CpuArray windows = backend.permute(w, 3, 0, 1, 2);
      for (CpuArray view : List.of(some, turned)) {
        CpuArray dense = backend.fromHost(backend.toHost(view));
        CpuArray denseWindows = backend.fromHost(backend.toHost(windows));
        HostArray expected = backend.toHost(backend.conv2d(dense, denseWindows, geometry));
        assertThat(backend.toHost(backend.conv2d(view, windows, geometry))).isEqualTo(expected);
      }
    }
  }

  @Test
  void whatLiesInIdleMemoryDoesNotCount() {
    Conv2dGeometry geometry = Conv2dGeometry.of(1, 1);
    try (CpuBackend backend = TestBackends.vector(1)) {
      CpuArray x = random(backend, 1, Shape.of(1, 24, 5, 5));
      CpuArray w = random(backend, 2, Shape.of(8, 24, 3, 3));
      HostArray expected = backend.toHost(backend.conv2d(x, w, geometry));
      for (int bits = 4; bits < 12; bits++) {
        backend.release(backend.full(Shape.of(1 << bits), DType.FLOAT32, Double.NaN));
        backend.release(backend.full(Shape.of(9 << bits), DType.FLOAT32, Double.NaN));
      }
      assertThat(backend.toHost(backend.conv2d(x, w, geometry))).isEqualTo(expected);
    }
  }
}
