package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** gather and scatterAdd. */
final class IndexCases<A> {

  static <A> Operation<A> gather(int axis) {
    return Operation.primitive(
        (b, x) -> b.gather(x.get(0), axis, x.get(1)),
        x -> x.get(0).gather(axis - x.get(0).shape().rank(), x.get(1)),
        x -> MoveOracles.gather(x.get(0), axis, x.get(1)),
        Tolerance.exact());
  }

  static <A> Operation<A> scatterAdd(int axis, int size) {
    return Operation.primitive(
        (b, x) -> b.scatterAdd(x.get(0), axis, x.get(1), size),
        x -> x.get(0).scatterAdd(axis - x.get(0).shape().rank(), x.get(1), size),
        x -> MoveOracles.scatterAdd(x.get(0), axis, x.get(1), size),
        Tolerance.accumulated(x -> x.get(0).dim(axis)));
  }

  void addTo(Catalogue<A> to) {
    gathers(to);
    scatters(to);
    outOfRange(to);
    whereOutOfRange(to);
    exactLongs(to);
  }

  private void gathers(Catalogue<A> to) {
    to.add(
        "gather",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                gather(1),
                p.array(new double[] {3, 1, 1, 5, 6, 4}, 2, 3),
                p.array(new double[] {1, 2, 3, 4, 5, 6}, 2, 3),
                HostArray.of(new long[] {2, 0, 0, 1, 2, 0}, Shape.of(2, 3))));
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      to.add(
          "gather",
          Catalogue.ALL,
          "along " + axis + " of [3, 4, 5], more and fewer",
          p -> {
            Shape shape = Shape.of(3, 4, 5);
            for (int count : new int[] {1, 2, 7}) {
              p.check(
                  gather(along),
                  p.values(shape.dims()),
                  p.indices(shape.dim(along), shape.with(along, count).dims()));
            }
          });
    }
    to.add(
        "gather",
        Catalogue.ALL,
        "nothing",
        p -> {
          p.check(gather(0), p.values(3, 2), p.indices(1, 0, 2));
          p.check(gather(0), p.values(3, 0), p.indices(3, 2, 0));
          p.check(gather(1), p.values(2, 0), p.indices(1, 2, 0));
        });
    to.add(
        "gather",
        Catalogue.FLOATS,
        "one label a row",
        p -> p.checkDense(gather(1), p.values(301, 10), p.indices(10, 301, 1)));
    to.add(
        "gather",
        Catalogue.ALL,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.filled(p.rng(), 1, 4);
            int axis = p.rng().nextInt(shape.rank());
            int[] wanted = shape.with(axis, p.rng().nextInt(6)).dims();
            p.checkMixed(gather(axis), p.values(shape.dims()), p.indices(shape.dim(axis), wanted));
          }
        });
  }

  private void scatters(Catalogue<A> to) {
    to.add(
        "scatterAdd",
        Catalogue.NUMBERS,
        "by hand, duplicates accumulate",
        p ->
            p.checkByHand(
                scatterAdd(0, 4),
                p.array(new double[] {5, 0, 11, 0}, 4),
                p.array(new double[] {2, 3, 5, 6}, 4),
                HostArray.of(new long[] {0, 0, 2, 2}, Shape.of(4))));
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      to.add(
          "scatterAdd",
          Catalogue.NUMBERS,
          "along " + axis + " of [3, 4, 5], to more and fewer",
          p -> {
            for (int size : new int[] {1, 2, 9}) {
              p.check(scatterAdd(along, size), p.values(3, 4, 5), p.indices(size, 3, 4, 5));
            }
          });
    }
    to.add(
        "scatterAdd",
        Catalogue.NUMBERS,
        "of nothing, to nothing",
        p -> {
          p.check(scatterAdd(0, 3), p.values(0, 2), p.indices(3, 0, 2));
          p.check(scatterAdd(0, 0), p.values(0, 2), p.indices(1, 0, 2));
          p.check(scatterAdd(1, 3), p.values(0, 2), p.indices(3, 0, 2));
        });
    to.add(
        "scatterAdd",
        Catalogue.NUMBERS,
        "many to few",
        p -> p.checkDense(scatterAdd(0, 3), p.values(2_003), p.indices(3, 2_003)));
    to.add(
        "scatterAdd",
        Catalogue.NUMBERS,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.any(p.rng(), 1, 4);
            int axis = p.rng().nextInt(shape.rank());
            int size = 1 + p.rng().nextInt(5);
            p.checkMixed(
                scatterAdd(axis, size), p.values(shape.dims()), p.indices(size, shape.dims()));
          }
        });
  }

  private void outOfRange(Catalogue<A> to) {
    for (long bad : new long[] {-1, 3, Long.MAX_VALUE, 1L << 32}) {
      HostArray indices = HostArray.of(new long[] {0, bad}, Shape.of(2));
      to.add(
          "gather",
          Catalogue.ALL,
          "index " + bad + " out of range",
          p -> refuses(p, "gather", p.values(3), indices, gather(0)));
      to.add(
          "scatterAdd",
          Catalogue.NUMBERS,
          "index " + bad + " out of range",
          p -> refuses(p, "scatterAdd", p.values(2), indices, scatterAdd(0, 3)));
    }
  }

  /** The place is that in the indices as they were given, whatever they were made into. */
  private void whereOutOfRange(Catalogue<A> to) {
    HostArray places = HostArray.of(new long[] {0, 1, 1, 0, 2, -1}, Shape.of(3, 2));
    HostArray few = HostArray.of(new long[] {0, 1, 5, 2}, Shape.of(4));
    HostArray one = HostArray.of(new long[] {7}, Shape.scalar());
    to.add(
        "gather",
        Catalogue.FLOATS,
        "says where an index is out of range",
        p -> {
          saysWhere(
              "gather: index 2 at [2, 0] is not from 0 to 1 ([3, 2], [3, 2])",
              p,
              places,
              at -> Tensor.of(p.backend(), p.values(3, 2)).gather(1, at));
          saysWhere(
              "indexSelect: index 5 at [2] is not from 0 to 2 ([2, 3, 2], [4])",
              p,
              few,
              at -> Tensor.of(p.backend(), p.values(2, 3, 2)).indexSelect(1, at));
        });
    to.add(
        "scatterAdd",
        Catalogue.FLOATS,
        "says where an index is out of range",
        p -> {
          saysWhere(
              "scatterAdd: index 2 at [2, 0] is not from 0 to 1 ([3, 2], [3, 2])",
              p,
              places,
              at -> Tensor.of(p.backend(), p.values(3, 2)).scatterAdd(1, at, 2));
          saysWhere(
              "oneHot: index -1 at [2, 1] is not from 0 to 2 ([3, 2])",
              p,
              places,
              at -> at.oneHot(3));
          saysWhere("oneHot: index 7 is not from 0 to 2 ([])", p, one, at -> at.oneHot(3));
        });
  }

  private void saysWhere(
      String message, Probe<A> p, HostArray indices, UnaryOperator<Tensor> operation) {
    try (Scope scope = Scope.open("a failing case")) {
      Tensor at = Tensor.of(p.backend(), indices);
      Comparison.requireEqual("the error", message, requireOutOfBounds(() -> operation.apply(at)));
    }
  }

  private void refuses(
      Probe<A> p, String name, HostArray values, HostArray indices, Operation<A> operation) {
    Backend<A> backend = p.backend();
    A a = backend.fromHost(values);
    A at = backend.fromHost(indices);
    requireOutOfBounds(() -> operation.backend().apply(backend, List.of(a, at)));
    List.of(a, at).forEach(backend::release);
    try (Scope scope = Scope.open("a failing case")) {
      List<Tensor> operands = List.of(Tensor.of(backend, values), Tensor.of(backend, indices));
      String shapes =
          " at [1] is not from 0 to 2 (" + values.shape() + ", " + indices.shape() + ")";
      Comparison.requireEqual(
          "the error",
          name + ": index " + indices.longs()[1] + shapes,
          requireOutOfBounds(() -> operation.tensor().apply(operands)));
    }
  }

  /** Returns what the error says. */
  static String requireOutOfBounds(Supplier<?> call) {
    Object result;
    try {
      result = call.get();
    } catch (IndexOutOfBoundsException expected) {
      return expected.getMessage();
    }
    throw new AssertionError("an index out of range was not refused: " + result);
  }

  private void exactLongs(Catalogue<A> to) {
    to.add(
        "gather",
        DType.INT64,
        "beyond 2^53",
        p -> {
          HostArray values =
              HostArray.of(new long[] {(1L << 53) + 1, -(1L << 60) - 3}, Shape.of(2));
          exactLongs(p, values, values, (a, i) -> p.backend().gather(a, 0, i));
        });
    to.add(
        "scatterAdd",
        DType.INT64,
        "beyond 2^53",
        p -> {
          HostArray values =
              HostArray.of(new long[] {(1L << 53) + 1, -(1L << 60) - 3}, Shape.of(2));
          exactLongs(p, values, values, (a, i) -> p.backend().scatterAdd(a, 0, i, 2));
        });
  }

  /** An operation with indices. */
  private interface Indexed<A> {
    A apply(A a, A indices);
  }

  private void exactLongs(Probe<A> p, HostArray values, HostArray expected, Indexed<A> operation) {
    Backend<A> backend = p.backend();
    A a = backend.fromHost(values);
    A indices = backend.fromHost(HostArray.of(new long[] {0, 1}, Shape.of(2)));
    A result = operation.apply(a, indices);
    Comparison.requireSame("exact integers", expected, backend.toHost(result));
    List.of(a, indices, result).forEach(backend::release);
  }
}
