package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.convolution.Im2col;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Layout;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {

  /** A convolution to try. */
  private record Case(Shape input, Shape weight, Conv2dGeometry geometry) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(Shape.of(2, 3, 8, 9), Shape.of(5, 3, 3, 3), Conv2dGeometry.of(1, 1)));
    cases.add(new Case(Shape.of(3, 3, 32, 32), Shape.of(8, 3, 7, 7), Conv2dGeometry.of(1, 3)));
    cases.add(new Case(Shape.of(1, 1, 1, 1), Shape.of(1, 1, 1, 1), Conv2dGeometry.unit()));
    cases.add(new Case(Shape.of(2, 9, 6, 7), Shape.of(4, 9, 1, 1), Conv2dGeometry.unit()));
    cases.add(new Case(Shape.of(2, 4, 6, 7), Shape.of(4, 4, 1, 1), Conv2dGeometry.of(2, 0)));
    cases.add(new Case(Shape.of(2, 3, 15, 14), Shape.of(6, 3, 7, 7), Conv2dGeometry.of(2, 0)));
    cases.add(new Case(Shape.of(2, 2, 13, 11), Shape.of(3, 2, 5, 3), Conv2dGeometry.of(3, 2)));
    cases.add(new Case(Shape.of(2, 2, 9, 9), Shape.of(3, 2, 2, 2), Conv2dGeometry.of(4, 0)));
    cases.add(new Case(Shape.of(1, 2, 4, 5), Shape.of(3, 2, 3, 3), Conv2dGeometry.of(1, 5)));
    cases.add(
        new Case(
            Shape.of(2, 6, 9, 10),
            Shape.of(4, 3, 3, 3),
            Conv2dGeometry.of(1, 2).withGroups(2).withDilation(2)));
    cases.add(
        new Case(
            Shape.of(2, 4, 9, 8),
            Shape.of(8, 1, 3, 3),
            Conv2dGeometry.of(2, 1).withGroups(4).withDilation(2)));
    cases.add(
        new Case(
            Shape.of(2, 3, 10, 9),
            Shape.of(4, 3, 3, 2),
            Conv2dGeometry.unit().withStride(2, 3).withPadding(1, 2, 0, 3).withDilation(3, 2)));
    cases.add(
        new Case(
            Shape.of(1, 2, 30, 24),
            Shape.of(4, 2, 3, 4),
            Conv2dGeometry.unit().withStride(6, 4).withPadding(2, 0, 3, 1).withDilation(4, 6)));
    // A window that moves by two over rows of several registers, up to the end of the image.
    cases.add(new Case(Shape.of(2, 3, 27, 91), Shape.of(5, 3, 7, 7), Conv2dGeometry.of(2, 0)));
    cases.add(new Case(Shape.of(2, 4, 33, 70), Shape.of(9, 4, 3, 3), Conv2dGeometry.of(2, 1)));
    cases.add(new Case(Shape.of(1, 20, 21, 40), Shape.of(8, 20, 1, 1), Conv2dGeometry.of(2, 0)));
    cases.add(new Case(Shape.of(0, 3, 8, 8), Shape.of(4, 3, 3, 3), Conv2dGeometry.of(1, 1)));
    cases.addAll(ofManyGroups());
    cases.add(new Case(Shape.of(20, 3, 20, 20), Shape.of(20, 3, 5, 5), Conv2dGeometry.of(1, 2)));
    return cases;
  }

  private static List<Case> ofManyGroups() {
    Conv2dGeometry six = Conv2dGeometry.of(1, 1).withGroups(6);
    return List.of(
        new Case(Shape.of(3, 6, 14, 17), Shape.of(6, 1, 3, 3), six),
        new Case(Shape.of(2, 6, 33, 70), Shape.of(6, 1, 3, 3), six.withStride(2)),
        new Case(Shape.of(2, 6, 7, 7), Shape.of(18, 1, 3, 3), six),
        new Case(Shape.of(2, 6, 9, 9), Shape.of(6, 1, 5, 5), six.withStride(2).withPadding(2, 1)),
        new Case(Shape.of(2, 12, 12, 10), Shape.of(24, 2, 3, 3), six.withStride(2, 1)),
        new Case(Shape.of(1, 24, 11, 11), Shape.of(12, 4, 3, 1), six.withDilation(2)),
        new Case(Shape.of(2, 6, 10, 11), Shape.of(6, 1, 2, 4), six.withPadding(0, 2, 3, 0)),
        new Case(Shape.of(2, 6, 8, 8), Shape.of(12, 1, 1, 1), six.withStride(3).withPadding(0, 0)),
        new Case(Shape.of(2, 30, 8, 8), Shape.of(12, 5, 3, 3), six));
  }

  static Stream<CpuBackend> backends() {
    return TestBackends.both();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void agreesWithNestedLoops(CpuBackend backend) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (Case given : cases()) {
        check(backend, dtype, given);
      }
    }
  }

  private static void check(CpuBackend backend, DType dtype, Case given) {
    Rng rng = Rng.seeded(7);
    Conv2dGeometry geometry = given.geometry;
    Shape output = geometry.outputShape(given.input, given.weight);
    HostArray x = Naive.random(rng, dtype, given.input.dims());
    HostArray w = Naive.random(rng, dtype, given.weight.dims());
    HostArray g = Naive.random(rng, dtype, output.dims());
    HostArray b = Naive.random(rng, dtype, given.weight.dim(0));
    double[] y = new double[output.size()];
    double[] xGrad = new double[given.input.size()];
    double[] wGrad = new double[given.weight.size()];
    Naive.convolve(
        given.input,
        given.weight,
        geometry,
        (i, j, o) -> {
          y[o] += x.get(i) * w.get(j);
          xGrad[i] += g.get(o) * w.get(j);
          wGrad[j] += g.get(o) * x.get(i);
        });
    double[] rectified = new double[y.length];
    for (int o = 0; o < y.length; o++) {
      rectified[o] = Math.max(0, y[o] + b.get(o / (output.dim(2) * output.dim(3)) % output.dim(1)));
    }

    CpuArray input = backend.fromHost(x);
    CpuArray weight = backend.fromHost(w);
    CpuArray grad = backend.fromHost(g);
    CpuArray bias = backend.fromHost(b);
    same(given, backend, backend.conv2d(input, weight, geometry), y);
    same(
        given,
        backend,
        backend.conv2dBias(input, weight, bias, geometry, true).orElseThrow(),
        rectified);
    same(given, backend, backend.conv2dInputGrad(grad, weight, given.input, geometry), xGrad);
    same(given, backend, backend.conv2dWeightGrad(input, grad, given.weight, geometry), wGrad);

    CpuArray inputView = stored(backend, input, 1, 3, 2, 0);
    CpuArray weightView = stored(backend, weight, 3, 0, 2, 1);
    CpuArray gradView = stored(backend, grad, 2, 3, 0, 1);
    same(given, backend, backend.conv2d(inputView, weightView, geometry), y);
    same(
        given,
        backend,
        backend.conv2dInputGrad(gradView, weightView, given.input, geometry),
        xGrad);
    same(
        given,
        backend,
        backend.conv2dWeightGrad(inputView, gradView, given.weight, geometry),
        wGrad);
  }

  /** The same array, stored with its axes in that order. */
  private static CpuArray stored(CpuBackend backend, CpuArray a, int... order) {
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    CpuArray copy = backend.fromHost(backend.toHost(backend.permute(a, order)));
    return backend.permute(copy, back);
  }

  private static void same(Case given, CpuBackend backend, CpuArray actual, double[] expected) {
    double[] values = backend.toHost(actual).toDoubles();
    assertThat(values).hasSameSizeAs(expected);
    double tolerance = actual.dtype() == DType.FLOAT32 ? 1e-3 : 1e-11;
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .as("%s of %s with %s", actual.dtype(), given, backend.info().kernels())
          .isCloseTo(expected[i], within(tolerance));
    }
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    Case given = cases().get(1);
    Rng rng = Rng.seeded(8);
    HostArray x = Naive.random(rng, DType.FLOAT32, 20, 3, 32, 32);
    HostArray w = Naive.random(rng, DType.FLOAT32, given.weight.dims());
    HostArray g = Naive.random(rng, DType.FLOAT32, 20, 8, 32, 32);
    List<List<HostArray>> results = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      CpuBackend backend = TestBackends.vector(threads);
      CpuArray input = backend.fromHost(x);
      CpuArray weight = backend.fromHost(w);
      CpuArray grad = backend.fromHost(g);
      results.add(
          List.of(
              backend.toHost(backend.conv2d(input, weight, given.geometry)),
              backend.toHost(backend.conv2dInputGrad(grad, weight, input.shape(), given.geometry)),
              backend.toHost(
                  backend.conv2dWeightGrad(input, grad, weight.shape(), given.geometry))));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  @Test
  void writesNoColumnMatrix() {
    Layout image = Layout.dense(Shape.of(2, 3, 10, 11));
    Layout view = Im2col.view(image, 3, 3, 5, 8, 7, Conv2dGeometry.unit());
    assertThat(view.shape()).isEqualTo(Shape.of(3, 3, 5, 2, 8, 7));
    assertThat(view.strides()).containsExactly(110, 11, 1, 330, 11, 1);
  }
}
