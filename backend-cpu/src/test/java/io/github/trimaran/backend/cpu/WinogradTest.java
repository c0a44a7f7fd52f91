package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Convolutions of many channels and tiles, which Winograd's way pays for, against nested loops. */
class WinogradTest {

  /**
   * The largest error allowed, in roundings of the sum of the terms' sizes. Of 576 terms the sums
   * written out are off by two at worst, these maps by three, and those of the usual points (1, -1,
   * 2, -2) by ten.
   */
  private static final double UNITS = 4;

  /** The mean size of a product of two uniform numbers in [-1, 1). */
  private static final double TERM = 0.25;

  record Case(int n, int channels, int height, int width, int filters, Conv2dGeometry geometry) {

    Shape input() {
      return Shape.of(n, channels, height, width);
    }

    Shape weight() {
      return Shape.of(filters, channels, 3, 3);
    }

    Shape output() {
      return geometry.outputShape(input(), weight());
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(1, 64, 33, 31, 64, Conv2dGeometry.of(1, 1)),
        new Case(16, 64, 7, 7, 48, Conv2dGeometry.of(1, 1)),
        new Case(9, 65, 14, 9, 67, Conv2dGeometry.of(1, 0)),
        new Case(2, 48, 30, 5, 112, Conv2dGeometry.of(1, 2)),
        new Case(70, 96, 3, 3, 64, Conv2dGeometry.of(1, 1)),
        new Case(1, 64, 1, 120, 64, Conv2dGeometry.of(1, 1)),
        new Case(2, 64, 18, 23, 64, Conv2dGeometry.unit().withPadding(2, 0, 3, 1)),
        new Case(2, 64, 16, 16, 64, Conv2dGeometry.of(1, 4)));
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
      CpuArray g = random(backend, 3, given.output());
      CpuArray b = random(backend, 4, Shape.of(given.filters()));
      double[] xs = backend.toHost(x).toDoubles();
      double[] ws = backend.toHost(w).toDoubles();
      double[] gs = backend.toHost(g).toDoubles();
      double[] bs = backend.toHost(b).toDoubles();
      double[] y = new double[given.output().size()];
      double[] xGrad = new double[xs.length];
      double[] wGrad = new double[ws.length];
      Naive.convolve(
          given.input(),
          given.weight(),
          given.geometry(),
          (i, j, o) -> {
            y[o] += xs[i] * ws[j];
            xGrad[i] += gs[o] * ws[j];
            wGrad[j] += gs[o] * xs[i];
          });
      double[] rectified = new double[y.length];
      double[] added = new double[y.length];
      int plane = given.output().dim(2) * given.output().dim(3);
      for (int o = 0; o < y.length; o++) {
        rectified[o] = Math.max(0, y[o] + bs[o / plane % given.filters()]);
        added[o] = y[o] + bs[o / plane % given.filters()] + gs[o];
      }
      int terms = 9 * given.channels();
      requireNear(backend, backend.conv2d(x, w, given.geometry()), y, terms);
      requireNear(
          backend,
          backend.conv2dBias(x, w, b, given.geometry(), true).orElseThrow(),
          rectified,
          terms);
      requireNear(
          backend,
          backend.conv2dBiasAdd(x, w, b, g, given.geometry(), false).orElseThrow(),
          added,
          terms + 4);
      CpuArray inputGrad = backend.conv2dInputGrad(g, w, given.input(), given.geometry());
      requireNear(backend, inputGrad, xGrad, 9 * given.filters());
      CpuArray weightGrad = backend.conv2dWeightGrad(x, g, given.weight(), given.geometry());
      requireNear(backend, weightGrad, wGrad, given.n() * plane);
    }
  }

  private static void requireNear(
      CpuBackend backend, CpuArray actual, double[] expected, int terms) {
    double[] values = backend.toHost(actual).toDoubles();
    double allowed = UNITS * Math.ulp(1f) * terms * TERM;
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - expected[i]));
    }
    assertThat(largest).isLessThan(allowed);
  }

  @Test
  void takesImagesAndWindowsAsTheyLie() {
    try (CpuBackend backend = TestBackends.vector(2)) {
      Conv2dGeometry geometry = Conv2dGeometry.of(1, 1);
      CpuArray x = random(backend, 1, Shape.of(20, 22, 64, 2));
      CpuArray w = random(backend, 2, Shape.of(3, 64, 3, 48));
      CpuArray viewX = backend.flip(backend.permute(x, 3, 2, 0, 1), 3);
      CpuArray viewW = backend.permute(w, 3, 1, 2, 0);
      CpuArray denseX = backend.fromHost(backend.toHost(viewX));
      CpuArray denseW = backend.fromHost(backend.toHost(viewW));
      HostArray expected = backend.toHost(backend.conv2d(denseX, denseW, geometry));
      assertThat(backend.toHost(backend.conv2d(viewX, viewW, geometry))).isEqualTo(expected);
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    Case given = new Case(3, 64, 30, 30, 64, Conv2dGeometry.of(1, 1));
    List<List<HostArray>> results =
        Stream.of(1, 2, 3)
            .map(
                threads -> {
                  try (CpuBackend backend = TestBackends.vector(threads)) {
                    CpuArray x = random(backend, 1, given.input());
                    CpuArray w = random(backend, 2, given.weight());
                    CpuArray g = random(backend, 3, given.output());
                    return List.of(
                        backend.toHost(backend.conv2d(x, w, given.geometry())),
                        backend.toHost(
                            backend.conv2dInputGrad(g, w, given.input(), given.geometry())));
                  }
                })
            .toList();
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  @Test
  void leavesNotANumberInItsTile() {
    try (CpuBackend backend = TestBackends.vector(2)) {
      HostArray image = Naive.random(Rng.seeded(1), DType.FLOAT32, 1, 64, 40, 40);
      image.set(40 * 20 + 20, Double.NaN);
      CpuArray y =
          backend.conv2d(
              backend.fromHost(image),
              random(backend, 2, Shape.of(64, 64, 3, 3)),
              Conv2dGeometry.of(1, 1));
      float[] values = backend.toHost(y).floats();
      assertThat(values[40 * 20 + 20]).isNaN();
      assertThat(values[40 * 30 + 30]).isNotNaN();
    }
  }
}
