package io.github.trimaran.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every primitive against plain loops, at sizes that reach every path: threads, pieces, ragged
 * ends. As long as the interface has primitives.
 */
class AgainstLoopsTest {

  private static final Nd4jBackend ND4J =
      (Nd4jBackend) new Nd4jBackendProvider().create(new BackendOptions(3, "cpu"));
  private static final NaiveBackend LOOPS = new NaiveBackend();

  private final Rng rng = Rng.seeded(7);

  @AfterEach
  void nothingIsLeftOver() {
    assertThat(ND4J.liveArrays()).isZero();
  }

  /** A call on either backend. */
  private interface Call {
    <A> A on(Backend<A> backend, List<A> operands);
  }

  private static void same(double tolerance, Call call, HostArray... operands) {
    HostArray expected = run(LOOPS, call, operands);
    HostArray actual = run(ND4J, call, operands);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dtype()).isEqualTo(expected.dtype());
    for (int i = 0; i < expected.shape().size(); i++) {
      double want = expected.get(i);
      double got = actual.get(i);
      double off = tolerance * Math.max(1, Math.abs(want));
      if (Double.compare(want, got) != 0 && !(Math.abs(want - got) <= off) && want != got) {
        assertThat(got).as("element %d of %s", i, expected.shape()).isEqualTo(want);
      }
    }
  }

  private static <A> HostArray run(Backend<A> backend, Call call, HostArray... operands) {
    List<A> arrays = new ArrayList<>();
    for (HostArray operand : operands) {
      arrays.add(backend.fromHost(operand));
    }
    A result = call.on(backend, arrays);
    HostArray values = backend.toHost(result);
    backend.release(result);
    arrays.forEach(backend::release);
    return values;
  }

  private HostArray random(DType dtype, int... extents) {
    HostArray array = HostArray.zeros(Shape.of(extents), dtype);
    for (int i = 0; i < array.shape().size(); i++) {
      array.set(i, dtype == DType.INT64 ? rng.nextInt(11) - 5 : rng.nextGaussian());
      if (dtype == DType.BOOL) {
        array.set(i, rng.nextInt(2));
      }
    }
    return array;
  }

  /** Infinities, NaN, zeros of both signs, ties, and ordinary numbers. */
  private HostArray special(DType dtype, int... extents) {
    double[] values = {
      0, -0.0, 1, -1, 2, 0.5, -3.25, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    HostArray array = HostArray.zeros(Shape.of(extents), dtype);
    for (int i = 0; i < array.shape().size(); i++) {
      array.set(i, values[rng.nextInt(values.length)]);
    }
    return array;
  }

  private static double tolerance(DType dtype) {
    return dtype == DType.FLOAT32 ? 2e-5 : 1e-12;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64", "INT64"})
  void arithmetic(DType dtype) {
    int[][][] shapes = {
      {{}, {}},
      {{3}, {}},
      {{5, 1}, {4}},
      {{2, 3, 4}, {3, 1}},
      {{400, 401}, {400, 401}},
      {{50, 1, 70}, {30, 1}},
      {{0, 3}, {3}},
      {{1}, {0}},
      {{7, 1, 5, 1}, {6, 1, 3}}
    };
    for (int[][] pair : shapes) {
      HostArray a = random(dtype, pair[0]);
      HostArray b = random(dtype, pair[1]);
      same(0, binary(Backend::add), a, b);
      same(0, binary(Backend::sub), a, b);
      same(0, binary(Backend::mul), a, b);
      same(0, binary(Backend::maximum), a, b);
      same(0, binary(Backend::minimum), a, b);
      same(0, binary(Backend::greater), a, b);
      same(0, binary(Backend::greaterEqual), a, b);
      same(0, binary(Backend::equal), a, b);
      same(0, unary(Backend::neg), a);
      same(0, unary(Backend::abs), a);
      same(0, unary(Backend::sign), a);
      if (dtype.isFloating()) {
        same(tolerance(dtype), binary(Backend::div), a, b);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void specialValues(DType dtype) {
    HostArray a = special(dtype, 30, 40);
    HostArray b = special(dtype, 30, 40);
    HostArray row = special(dtype, 40);
    for (HostArray other : List.of(b, row)) {
      same(0, binary(Backend::add), a, other);
      same(0, binary(Backend::mul), a, other);
      same(1e-6, binary(Backend::div), a, other);
      same(0, binary(Backend::maximum), a, other);
      same(0, binary(Backend::minimum), a, other);
      same(1e-6, binary(Backend::pow), a, other);
      same(0, binary(Backend::greater), a, other);
      same(0, binary(Backend::greaterEqual), a, other);
      same(0, binary(Backend::equal), a, other);
    }
    List<BiFunction<Backend<Object>, Object, Object>> functions =
        List.of(
            Backend::exp,
            Backend::log,
            Backend::sqrt,
            Backend::sin,
            Backend::cos,
            Backend::tanh,
            Backend::abs,
            Backend::neg,
            Backend::sign);
    for (BiFunction<Backend<Object>, Object, Object> f : functions) {
      same(tolerance(dtype), unary(f), a);
      same(tolerance(dtype), unary(f), random(dtype, 300, 301));
      same(tolerance(dtype), unary(f), random(dtype));
      same(tolerance(dtype), unary(f), random(dtype, 0, 2));
    }
    same(0, unary((x, y) -> x.max(y, 0)), a);
    same(0, unary((x, y) -> x.max(y, 1)), a);
    same(0, unary((x, y) -> x.argMax(y, 0)), a);
    same(0, unary((x, y) -> x.argMax(y, 1)), a);
    for (DType to : DType.values()) {
      same(0, unary((x, y) -> x.cast(y, to)), a);
    }
  }

  @Test
  void castsAndTruthValues() {
    for (DType from : DType.values()) {
      for (DType to : DType.values()) {
        same(0, unary((x, y) -> x.cast(y, to)), random(from, 50, 51));
        same(0, unary((x, y) -> x.cast(y, to)), random(from));
      }
    }
    HostArray p = random(DType.BOOL, 20, 30);
    HostArray q = random(DType.BOOL, 30);
    same(0, binary(Backend::logicalAnd), p, q);
    same(0, binary(Backend::logicalOr), p, q);
    same(0, binary(Backend::equal), p, q);
    same(0, unary(Backend::logicalNot), p);
    for (DType dtype : DType.values()) {
      same(
          0,
          ternary((x, c, a, b) -> x.where(c, a, b)),
          q,
          random(dtype, 20, 1),
          random(dtype, 4, 1, 30));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64", "INT64"})
  void reductions(DType dtype) {
    HostArray a = random(dtype, 5, 6, 7, 8);
    int[][] axes = {{}, {0}, {3}, {1, 2}, {0, 2, 3}, {0, 1, 2, 3}, {0, 3}, {1, 3}};
    for (int[] axis : axes) {
      same(tolerance(dtype), unary((x, y) -> x.sum(y, axis)), a);
      same(0, unary((x, y) -> x.max(y, axis)), a);
    }
    same(tolerance(dtype), unary((x, y) -> x.sum(y, 0)), random(dtype, 3000, 50));
    same(tolerance(dtype) * 10, unary((x, y) -> x.sum(y, 1)), random(dtype, 50, 3000));
    same(tolerance(dtype), unary((x, y) -> x.sum(y, 1)), random(dtype, 3, 5, 2500));
    same(0, unary((x, y) -> x.sum(y, 0)), random(dtype, 0, 3));
    same(0, unary((x, y) -> x.sum(y, 1)), random(dtype, 0, 3));
    same(0, unary((x, y) -> x.sum(y, 0, 1)), random(dtype, 0, 3));
    same(0, unary((x, y) -> x.sum(y)), random(dtype));
    same(0, unary((x, y) -> x.max(y, 1)), random(dtype, 0, 3));
    for (int axis = 0; axis < 4; axis++) {
      int along = axis;
      same(0, unary((x, y) -> x.argMax(y, along)), a);
    }
  }

  @ParameterizedTest
  @EnumSource
  void moves(DType dtype) {
    HostArray a = random(dtype, 3, 4, 5);
    int[][] orders = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}, {0, 2, 1}, {2, 0, 1}};
    for (int[] order : orders) {
      same(0, unary((x, y) -> x.permute(y, order)), a);
      same(0, unary((x, y) -> x.permute(y, order)), random(dtype, 60, 50, 40));
      same(0, unary((x, y) -> x.permute(y, order)), random(dtype, 0, 2, 3));
    }
    int[][] flips = {{}, {0}, {2}, {0, 1, 2}};
    for (int[] axes : flips) {
      same(0, unary((x, y) -> x.flip(y, axes)), a);
      same(0, unary((x, y) -> x.flip(y, axes)), random(dtype, 2, 0, 3));
    }
    same(0, unary((x, y) -> x.broadcastTo(y, Shape.of(2, 3, 4, 5))), a);
    same(0, unary((x, y) -> x.broadcastTo(y, Shape.of(2, 3, 4))), random(dtype, 3, 1));
    same(0, unary((x, y) -> x.broadcastTo(y, Shape.of(2, 0))), random(dtype, 1));
    same(0, unary((x, y) -> x.broadcastTo(y, Shape.of(70, 2000))), random(dtype));
    same(0, unary((x, y) -> x.reshape(y, Shape.of(5, 12))), a);
    same(
        0,
        unary((x, y) -> x.slice(y, new int[] {1, 0, 4}, new int[] {3, 4, 5}, new int[] {1, 3, 2})),
        a);
    same(
        0,
        unary((x, y) -> x.slice(y, new int[] {1, 2, 0}, new int[] {1, 4, 5}, new int[] {1, 1, 1})),
        a);
    double value = dtype == DType.BOOL ? 1 : -2;
    same(
        0,
        unary(
            (x, y) ->
                x.pad(y, new int[] {1, 0, 2}, new int[] {0, 3, 1}, new int[] {0, 1, 2}, value)),
        a);
    same(
        0,
        unary((x, y) -> x.pad(y, new int[] {1, 0}, new int[] {0, 3}, new int[] {2, 2}, value)),
        random(dtype, 0, 3));
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      same(
          0,
          new Call() {
            @Override
            public <A> A on(Backend<A> backend, List<A> operands) {
              return backend.concat(operands, along);
            }
          },
          a,
          HostArray.zeros(a.shape().with(axis, 0), dtype),
          random(dtype, a.shape().with(axis, 2).dims()));
    }
    same(0, unary((x, y) -> x.full(Shape.of(300, 301), dtype, value)), a);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64", "INT64"})
  void indexing(DType dtype) {
    HostArray a = random(dtype, 4, 5, 6);
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      int extent = a.shape().dim(axis);
      HostArray indices = HostArray.zeros(a.shape().with(axis, 9), DType.INT64);
      for (int i = 0; i < indices.shape().size(); i++) {
        indices.set(i, rng.nextInt(extent));
      }
      same(0, binary((x, y, z) -> x.gather(y, along, z)), a, indices);
      HostArray values = random(dtype, indices.shape().dims());
      same(
          tolerance(dtype),
          binary((x, y, z) -> x.scatterAdd(y, along, z, extent)),
          values,
          indices);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void products(DType dtype) {
    int[][][] shapes = {
      {{1, 1}, {1, 1}}, {{3, 4}, {4, 5}}, {{2, 3, 4}, {4, 5}}, {{3, 4}, {2, 4, 5}},
      {{5, 1, 3, 4}, {6, 4, 2}}, {{0, 3}, {3, 2}}, {{2, 0}, {0, 3}}, {{0, 2, 3}, {3, 2}},
      {{170, 130}, {130, 210}}, {{300, 65}, {65, 90}}, {{1, 900}, {900, 1200}}
    };
    for (int[][] pair : shapes) {
      same(
          tolerance(dtype) * 20,
          binary(Backend::matmul),
          random(dtype, pair[0]),
          random(dtype, pair[1]));
    }
  }

  private static final List<Conv2dGeometry> GEOMETRIES =
      List.of(
          Conv2dGeometry.unit(),
          Conv2dGeometry.of(1, 1),
          Conv2dGeometry.of(2, 1),
          Conv2dGeometry.of(3, 0),
          Conv2dGeometry.unit().withPadding(0, 2, 1, 0),
          Conv2dGeometry.unit().withStride(2, 1).withPadding(3, 1, 0, 4),
          Conv2dGeometry.unit().withStride(1, 2).withPadding(2, 2, 3, 1).withDilation(2, 3),
          Conv2dGeometry.of(1, 1).withGroups(2),
          Conv2dGeometry.of(2, 2).withGroups(4).withDilation(2));

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void convolutions(DType dtype) {
    int[][] kernels = {{1, 1}, {3, 3}, {2, 3}};
    for (Conv2dGeometry geometry : GEOMETRIES) {
      for (int[] kernel : kernels) {
        Shape input = Shape.of(3, 4, 9, 8);
        Shape weight = Shape.of(8, 4 / geometry.groups(), kernel[0], kernel[1]);
        convolutions(dtype, input, weight, geometry);
      }
    }
    convolutions(dtype, Shape.of(11, 3, 20, 21), Shape.of(5, 3, 7, 7), Conv2dGeometry.of(1, 3));
    convolutions(dtype, Shape.of(0, 3, 5, 5), Shape.of(5, 3, 3, 3), Conv2dGeometry.unit());
    convolutions(dtype, Shape.of(2, 64, 40, 40), Shape.of(3, 64, 3, 3), Conv2dGeometry.of(2, 1));
  }

  private void convolutions(DType dtype, Shape input, Shape weight, Conv2dGeometry geometry) {
    double tolerance = dtype == DType.FLOAT32 ? 5e-4 : 1e-11;
    HostArray x = random(dtype, input.dims());
    HostArray w = random(dtype, weight.dims());
    HostArray g = random(dtype, geometry.outputShape(input, weight).dims());
    same(tolerance, binary((b, p, q) -> b.conv2d(p, q, geometry)), x, w);
    same(tolerance, binary((b, p, q) -> b.conv2dInputGrad(p, q, input, geometry)), g, w);
    same(tolerance, binary((b, p, q) -> b.conv2dWeightGrad(p, q, weight, geometry)), x, g);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pooling(boolean ceil) {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (int kernel = 1; kernel <= 3; kernel++) {
        for (int stride = 1; stride <= 3; stride++) {
          for (int pad = 0; pad <= kernel / 2; pad++) {
            Pool2dGeometry geometry =
                Pool2dGeometry.of(kernel, stride)
                    .withPadding(pad)
                    .withCeilMode(ceil)
                    .withCountIncludePad(pad == 0);
            HostArray x = random(dtype, 2, 3, 7, 8);
            HostArray g = random(dtype, geometry.outputShape(x.shape()).dims());
            same(tolerance(dtype), unary((b, p) -> b.avgPool2d(p, geometry)), x);
            same(tolerance(dtype), unary((b, p) -> b.avgPool2dGrad(p, x.shape(), geometry)), g);
            same(0, unary((b, p) -> b.maxPool2dIndices(p, geometry)), x);
            HostArray odd = special(dtype, 2, 3, 7, 8);
            same(0, unary((b, p) -> b.maxPool2dIndices(p, geometry)), odd);
          }
        }
      }
    }
  }

  // ---- calls with the type erased, once ------------------------------------------------------

  private interface Two {
    Object apply(Backend<Object> backend, Object a, Object b);
  }

  private interface Three {
    Object apply(Backend<Object> backend, Object a, Object b, Object c);
  }

  private static Call unary(BiFunction<Backend<Object>, Object, Object> f) {
    return ternary((backend, a, b, c) -> f.apply(backend, a));
  }

  private static Call binary(Two f) {
    return ternary((backend, a, b, c) -> f.apply(backend, a, b));
  }

  private static Call ternary(Three f) {
    return new Call() {
      @Override
      @SuppressWarnings("unchecked") // one backend's arrays all are of its own type
      public <A> A on(Backend<A> backend, List<A> operands) {
        Object a = operands.get(0);
        Object b = operands.size() > 1 ? operands.get(1) : null;
        Object c = operands.size() > 2 ? operands.get(2) : null;
        return (A) f.apply((Backend<Object>) backend, a, b, c);
      }
    };
  }
}
