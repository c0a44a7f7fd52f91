package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.random.Rng;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultiplicationTest {

  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 7, 1},
    {3, 0, 4},
    {0, 3, 4},
    {5, 3, 9},
    {8, 16, 32},
    {33, 17, 65},
    {50, 300, 10},
    {4, 1000, 2},
    {1, 3000, 40},
    {70, 600, 130},
    {260, 40, 270},
    {7, 5000, 3},
    {37, 1037, 1},
    {300, 4100, 1},
    {19, 300, 16},
    {300, 520, 13},
    {12, 40, 48},
    {1, 1037, 37},
    {37, 2100, 7},
    {9, 4097, 16},
    {70, 2048, 2}
  };

  static Stream<CpuBackend> backends() {
    return TestBackends.both();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void agreesWithNestedLoops(CpuBackend backend) {
    Rng rng = Rng.seeded(1);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int[] size : SIZES) {
        HostArray a = Naive.random(rng, dtype, size[0], size[1]);
        HostArray b = Naive.random(rng, dtype, size[1], size[2]);
        double[] expected = Naive.matmul(a.toDoubles(), b.toDoubles(), size[0], size[1], size[2]);
        CpuArray plainA = backend.fromHost(a);
        CpuArray plainB = backend.fromHost(b);
        CpuArray turnedA = transposedCopy(backend, plainA);
        CpuArray turnedB = transposedCopy(backend, plainB);
        for (CpuArray left : new CpuArray[] {plainA, turnedA}) {
          for (CpuArray right : new CpuArray[] {plainB, turnedB}) {
            check(backend, backend.matmul(left, right), expected, size[1]);
          }
        }
      }
    }
  }

  /** The same matrix, stored column by column. */
  private static CpuArray transposedCopy(CpuBackend backend, CpuArray a) {
    CpuArray view = backend.permute(a, 1, 0);
    CpuArray stored = backend.fromHost(backend.toHost(view));
    return backend.permute(stored, 1, 0);
  }

  private static void check(CpuBackend backend, CpuArray actual, double[] expected, int depth) {
    double tolerance = actual.dtype() == DType.FLOAT32 ? 1e-6 * (1 + depth) : 1e-14 * (1 + depth);
    double[] values = backend.toHost(actual).toDoubles();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void readsFlippedSlicedAndBroadcastMatrices(CpuBackend backend) {
    Rng rng = Rng.seeded(2);
    CpuArray big = backend.fromHost(Naive.random(rng, DType.FLOAT32, 60, 80));
    CpuArray sliced = backend.slice(big, new int[] {3, 5}, new int[] {57, 79}, new int[] {2, 3});
    CpuArray flipped = backend.flip(sliced, 0, 1);
    CpuArray row = backend.fromHost(Naive.random(rng, DType.FLOAT32, 25, 1));
    CpuArray stretched = backend.broadcastTo(row, Shape.of(25, 40));
    for (CpuArray left : new CpuArray[] {sliced, flipped}) {
      double[] expected =
          Naive.matmul(
              backend.toHost(left).toDoubles(), backend.toHost(stretched).toDoubles(), 27, 25, 40);
      check(backend, backend.matmul(left, stretched), expected, 25);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void broadcastsBatches(CpuBackend backend) {
    Rng rng = Rng.seeded(3);
    HostArray a = Naive.random(rng, DType.FLOAT32, 2, 1, 5, 6);
    HostArray b = Naive.random(rng, DType.FLOAT32, 3, 6, 7);
    CpuArray product = backend.matmul(backend.fromHost(a), backend.fromHost(b));
    assertThat(product.shape()).isEqualTo(Shape.of(2, 3, 5, 7));
    double[] values = backend.toHost(product).toDoubles();
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        double[] left = java.util.Arrays.copyOfRange(a.toDoubles(), i * 30, i * 30 + 30);
        double[] right = java.util.Arrays.copyOfRange(b.toDoubles(), j * 42, j * 42 + 42);
        double[] expected = Naive.matmul(left, right, 5, 6, 7);
        int start = (i * 3 + j) * 35;
        for (int k = 0; k < 35; k++) {
          assertThat(values[start + k]).isCloseTo(expected[k], within(1e-5));
        }
      }
    }
    HostArray shared = Naive.random(rng, DType.FLOAT32, 6, 9);
    CpuArray tall = backend.matmul(backend.fromHost(a), backend.fromHost(shared));
    assertThat(tall.shape()).isEqualTo(Shape.of(2, 1, 5, 9));
    check(backend, tall, Naive.matmul(a.toDoubles(), shared.toDoubles(), 10, 6, 9), 6);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void addsTheBiasAndAppliesReluAlsoToSumsInParts(CpuBackend backend) {
    Rng rng = Rng.seeded(4);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int[] size : new int[][] {{3, 10, 5}, {50, 8192, 70}}) {
        HostArray x = Naive.random(rng, dtype, size[0], size[1]);
        HostArray w = Naive.random(rng, dtype, size[2], size[1]);
        HostArray b = Naive.random(rng, dtype, size[2]);
        CpuArray weight = backend.fromHost(w);
        double[] product =
            Naive.matmul(
                x.toDoubles(),
                backend.toHost(backend.permute(weight, 1, 0)).toDoubles(),
                size[0],
                size[1],
                size[2]);
        double[] rectified = new double[product.length];
        for (int i = 0; i < product.length; i++) {
          product[i] += b.get(i % size[2]);
          rectified[i] = Math.max(product[i], 0);
        }
        CpuArray input = backend.fromHost(x);
        CpuArray bias = backend.fromHost(b);
        CpuArray affine = backend.linear(input, weight, bias, false).orElseThrow();
        check(backend, affine, product, size[1]);
        CpuArray hidden = backend.linear(input, weight, bias, true).orElseThrow();
        check(backend, hidden, rectified, size[1]);
      }
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    HostArray a = Naive.random(Rng.seeded(5), DType.FLOAT32, 65, 4000);
    HostArray b = Naive.random(Rng.seeded(6), DType.FLOAT32, 4000, 70);
    HostArray one = product(TestBackends.vector(1), a, b);
    HostArray scalarOne = product(TestBackends.scalar(1), a, b);
    for (int threads = 2; threads <= 3; threads++) {
      assertThat(product(TestBackends.vector(threads), a, b)).isEqualTo(one);
      assertThat(product(TestBackends.scalar(threads), a, b)).isEqualTo(scalarOne);
    }
  }

  private static HostArray product(CpuBackend backend, HostArray a, HostArray b) {
    return backend.toHost(backend.matmul(backend.fromHost(a), backend.fromHost(b)));
  }

  @Test
  void propagatesNanAndInfinityOnlyWhereTheyBelong() {
    CpuBackend backend = TestBackends.vector(2);
    HostArray a = HostArray.zeros(Shape.of(3, 20), DType.FLOAT32);
    a.set(20, Double.NaN);
    a.set(40, Double.POSITIVE_INFINITY);
    HostArray b = HostArray.zeros(Shape.of(20, 5), DType.FLOAT32);
    b.set(0, 1);
    double[] c = product(backend, a, b).toDoubles();
    assertThat(c[0]).isZero();
    assertThat(c[5]).isNaN();
    assertThat(c[10]).isInfinite();
    assertThat(c[11]).isNaN();
  }
}
