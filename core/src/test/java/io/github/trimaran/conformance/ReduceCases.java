package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** sum, max, argMax and broadcastTo. */
final class ReduceCases<A> {

  private static Operation.OnTensors onNegativeAxes(
      BiFunction<Tensor, int[], Tensor> reduction, int... axes) {
    return x -> {
      int rank = x.get(0).shape().rank();
      return reduction.apply(x.get(0), Arrays.stream(axes).map(axis -> axis - rank).toArray());
    };
  }

  /** Through tensors with negative axes; tensors take "no axes" for all, so not at all without. */
  static <A> Operation<A> sum(int... axes) {
    return Operation.primitive(
        (b, x) -> b.sum(x.get(0), axes),
        axes.length == 0 ? null : onNegativeAxes((t, over) -> t.sum(over), axes),
        x -> ReduceOracles.sum(x.get(0), axes),
        Tolerance.accumulated(
            x -> Arrays.stream(axes).map(x.get(0)::dim).reduce(1, (m, n) -> m * n)));
  }

  static <A> Operation<A> max(int... axes) {
    return Operation.primitive(
        (b, x) -> b.max(x.get(0), axes),
        axes.length == 0 ? null : onNegativeAxes((t, over) -> t.max(over), axes),
        x -> ReduceOracles.max(x.get(0), axes),
        Tolerance.exact());
  }

  private static <A> Operation<A> argMax(int axis) {
    return Operation.primitive(
        (b, x) -> b.argMax(x.get(0), axis),
        x -> x.get(0).argMax(axis - x.get(0).shape().rank()),
        x -> ReduceOracles.argMax(x.get(0), axis),
        Tolerance.exact());
  }

  void addTo(Catalogue<A> to) {
    sums(to);
    maxima(to);
    places(to);
    stretches(to);
  }

  private static int[] randomAxes(Probe<?> p, int rank) {
    return IntStream.range(0, rank).filter(axis -> p.rng().nextInt(2) == 0).toArray();
  }

  private static List<int[]> subsetsOf3() {
    return List.of(
        new int[] {},
        new int[] {0},
        new int[] {1},
        new int[] {2},
        new int[] {0, 1},
        new int[] {0, 2},
        new int[] {1, 2},
        new int[] {0, 1, 2});
  }

  private void sums(Catalogue<A> to) {
    to.add(
        "sum",
        Catalogue.NUMBERS,
        "by hand",
        p -> {
          HostArray a = p.array(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
          p.checkByHand(sum(0), p.array(new double[] {5, 7, 9}, 3), a);
          p.checkByHand(sum(1), p.array(new double[] {6, 15}, 2), a);
          p.checkByHand(sum(0, 1), p.array(new double[] {21}), a);
        });
    for (int[] axes : subsetsOf3()) {
      to.add(
          "sum",
          Catalogue.NUMBERS,
          "of [2, 3, 4] over " + Arrays.toString(axes),
          p -> p.check(sum(axes), p.values(2, 3, 4)));
    }
    to.add(
        "sum",
        Catalogue.NUMBERS,
        "of nothing is 0",
        p -> {
          p.check(sum(0), p.values(0, 3));
          p.check(sum(1), p.values(2, 0, 3));
          p.check(sum(0, 1, 2), p.values(2, 0, 3));
          p.check(sum(0), p.values(0));
        });
    to.add(
        "sum",
        Catalogue.NUMBERS,
        "to nothing, and of 0-d",
        p -> {
          p.check(sum(1), p.values(0, 3));
          p.check(sum(0), p.values(2, 0));
          p.check(sum(), p.values());
          p.check(sum(), p.values(0, 2));
        });
    to.add(
        "sum",
        Catalogue.FLOATS,
        "NaN and infinities",
        p ->
            p.check(
                sum(1),
                p.array(
                    new double[] {
                      Double.NaN,
                      1,
                      Double.POSITIVE_INFINITY,
                      1,
                      Double.POSITIVE_INFINITY,
                      Double.NEGATIVE_INFINITY,
                      Double.NEGATIVE_INFINITY,
                      2
                    },
                    4,
                    2)));
    to.add(
        "sum",
        Catalogue.NUMBERS,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.any(p.rng(), 0, 5);
            p.checkMixed(sum(randomAxes(p, shape.rank())), p.values(shape.dims()));
          }
        });
    to.add(
        "sum",
        DType.INT64,
        "beyond 2^53",
        p ->
            exactLongs(
                p,
                new long[] {(1L << 53) + 1, 2, -(1L << 60), 1},
                p.backend()::sum,
                -(1L << 60) + (1L << 53) + 4));
    // One after the other in float32, a million times 0.1 adds up to 100958.
    to.add(
        "sum",
        Catalogue.FLOATS,
        "accuracy of a million terms of one sign",
        p -> {
          p.checkDense(sum(0), p.between(0.1, 0.1001, 1_000_000));
          p.checkDense(sum(0, 1), p.between(0.1, 0.1001, 1000, 1000));
        });
    to.add(
        "sum",
        Catalogue.FLOATS,
        "accuracy along either axis of a long matrix",
        p -> {
          p.checkDense(sum(0), p.between(0.1, 0.1001, 100_000, 3));
          p.checkDense(sum(1), p.between(0.1, 0.1001, 3, 100_000));
        });
  }

  private void maxima(Catalogue<A> to) {
    to.add(
        "max",
        Catalogue.NUMBERS,
        "by hand",
        p -> {
          HostArray a = p.array(new double[] {1, 5, 3, 4, -5, 6}, 2, 3);
          p.checkByHand(max(0), p.array(new double[] {4, 5, 6}, 3), a);
          p.checkByHand(max(1), p.array(new double[] {5, 6}, 2), a);
          p.checkByHand(max(0, 1), p.array(new double[] {6}), a);
        });
    for (int[] axes : subsetsOf3()) {
      to.add(
          "max",
          Catalogue.NUMBERS,
          "of [2, 3, 4] over " + Arrays.toString(axes),
          p -> p.check(max(axes), p.values(2, 3, 4)));
    }
    to.add(
        "max",
        Catalogue.NUMBERS,
        "of negative numbers, of 0-d, to nothing",
        p -> {
          p.check(max(0), p.array(new double[] {-4, -3, -7}, 3));
          p.check(max(), p.values());
          p.check(max(1), p.values(0, 3));
          p.check(max(0), p.values(2, 0));
        });
    to.add(
        "max",
        Catalogue.FLOATS,
        "NaN wins, infinities count",
        p -> {
          p.check(max(1), specials(p));
          p.check(max(0), specials(p));
          p.check(max(0, 1), specials(p));
        });
    to.add(
        "max",
        Catalogue.NUMBERS,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.filled(p.rng(), 0, 5);
            p.checkMixed(max(randomAxes(p, shape.rank())), p.values(shape.dims()));
          }
        });
    to.add(
        "max",
        Catalogue.NUMBERS,
        "many elements",
        p -> {
          p.checkDense(max(0), p.values(50_021));
          p.checkDense(max(0), p.values(5_003, 3));
          p.checkDense(max(1), p.values(3, 5_003));
        });
    to.add(
        "max",
        DType.INT64,
        "beyond 2^53",
        p ->
            exactLongs(
                p, new long[] {1L << 53, (1L << 53) + 1, 3}, p.backend()::max, (1L << 53) + 1));
  }

  private static HostArray specials(Probe<?> p) {
    return p.array(
        new double[] {
          1,
          Double.NaN,
          3,
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          1,
          Double.POSITIVE_INFINITY,
          2,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NaN,
          4,
          5,
          2,
          7,
          7,
          2
        },
        5,
        4);
  }

  private void places(Catalogue<A> to) {
    to.add(
        "argMax",
        Catalogue.NUMBERS,
        "by hand, the first of equals",
        p -> {
          HostArray a = p.array(new double[] {3, 7, 7, 9, 2, 9}, 2, 3);
          p.checkByHand(argMax(1), HostArray.of(new long[] {1, 0}, Shape.of(2)), a);
          p.checkByHand(argMax(0), HostArray.of(new long[] {1, 0, 1}, Shape.of(3)), a);
        });
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      to.add(
          "argMax",
          Catalogue.NUMBERS,
          "of [3, 4, 5] along " + axis + ", many ties",
          p -> p.check(argMax(along), Samples.tied(p, 3, 4, 5)));
    }
    to.add(
        "argMax",
        Catalogue.NUMBERS,
        "to 0-d, to nothing, of extent 1",
        p -> {
          p.check(argMax(0), p.values(7));
          p.check(argMax(1), p.values(0, 3));
          p.check(argMax(0), p.values(2, 0));
          p.check(argMax(1), p.values(3, 1));
        });
    to.add(
        "argMax",
        Catalogue.FLOATS,
        "the first NaN is the greatest",
        p -> {
          p.checkByHand(
              argMax(1), HostArray.of(new long[] {1, 0, 1, 1, 1}, Shape.of(5)), specials(p));
          p.check(argMax(0), specials(p));
        });
    to.add(
        "argMax",
        Catalogue.NUMBERS,
        "random shapes, many ties",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.filled(p.rng(), 1, 4);
            p.checkMixed(argMax(p.rng().nextInt(shape.rank())), Samples.tied(p, shape.dims()));
          }
        });
    to.add(
        "argMax",
        Catalogue.NUMBERS,
        "many elements",
        p -> {
          p.checkDense(argMax(0), Samples.tied(p, 50_021));
          p.checkDense(argMax(1), p.values(7, 1_003));
        });
    to.add(
        "argMax",
        DType.INT64,
        "beyond 2^53",
        p ->
            exactLongs(
                p,
                new long[] {1L << 53, (1L << 53) + 1, 3},
                (a, axes) -> p.backend().argMax(a, 0),
                1));
  }

  /** A reduction of all elements to one. */
  private interface Reduction<A> {
    A apply(A a, int... axes);
  }

  private void exactLongs(Probe<A> p, long[] values, Reduction<A> reduction, long expected) {
    Backend<A> backend = p.backend();
    A a = backend.fromHost(HostArray.of(values, Shape.of(values.length)));
    A result = reduction.apply(a, 0);
    Comparison.requireSame(
        "exact integers",
        HostArray.of(new long[] {expected}, Shape.scalar()),
        backend.toHost(result));
    List.of(a, result).forEach(backend::release);
  }

  private void stretches(Catalogue<A> to) {
    List<Shape[]> pairs =
        List.of(
            new Shape[] {Shape.scalar(), Shape.of(2, 3)},
            new Shape[] {Shape.of(3), Shape.of(2, 3)},
            new Shape[] {Shape.of(2, 1), Shape.of(2, 3)},
            new Shape[] {Shape.of(1, 3, 1), Shape.of(4, 2, 3, 5)},
            new Shape[] {Shape.of(1), Shape.of(0)},
            new Shape[] {Shape.of(0, 1), Shape.of(2, 0, 3)},
            new Shape[] {Shape.of(1, 1), Shape.of(1, 1)},
            new Shape[] {Shape.of(2, 3), Shape.of(2, 3)},
            new Shape[] {Shape.scalar(), Shape.scalar()});
    for (Shape[] pair : pairs) {
      to.add(
          "broadcastTo",
          Catalogue.ALL,
          pair[0] + " to " + pair[1],
          p -> p.check(broadcastTo(pair[1]), p.values(pair[0].dims())));
    }
    to.add(
        "broadcastTo",
        Catalogue.ALL,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape whole = Samples.any(p.rng(), 0, 4);
            p.checkMixed(broadcastTo(whole), p.values(Samples.narrowed(p.rng(), whole).dims()));
          }
        });
  }

  static <A> Operation<A> broadcastTo(Shape shape) {
    return Operation.primitive(
        (b, x) -> b.broadcastTo(x.get(0), shape),
        x -> x.get(0).broadcastTo(shape),
        x -> MoveOracles.broadcastTo(x.get(0), shape),
        Tolerance.exact());
  }
}
