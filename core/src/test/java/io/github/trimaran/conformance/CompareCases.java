package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** Comparisons, logic and where. */
final class CompareCases<A> {

  private static final double[] SPECIAL = {
    0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Operation<A> where =
      Operation.primitive(
          (b, x) -> b.where(x.get(0), x.get(1), x.get(2)),
          x -> Tensor.where(x.get(0), x.get(1), x.get(2)),
          x -> ReduceOracles.where(x.get(0), x.get(1), x.get(2)),
          Tolerance.exact());

  private static <A> Operation<A> comparison(
      ArithmeticCases.Binary<A> backend,
      BinaryOperator<Tensor> tensor,
      DoubleBinaryOperator truth) {
    return Operation.primitive(
        (b, x) -> backend.apply(b, x.get(0), x.get(1)),
        x -> tensor.apply(x.get(0), x.get(1)),
        x -> ReduceOracles.zip(x.get(0), x.get(1), DType.BOOL, truth),
        Tolerance.exact());
  }

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }

  void addTo(Catalogue<A> to) {
    Operation<A> greater = comparison(Backend::greater, Tensor::greater, (x, y) -> truth(x > y));
    Operation<A> greaterEqual =
        comparison(Backend::greaterEqual, Tensor::greaterEqual, (x, y) -> truth(x >= y));
    Operation<A> equal = comparison(Backend::equal, Tensor::eq, (x, y) -> truth(x == y));
    compare(to, "greater", Catalogue.NUMBERS, greater);
    compare(to, "greaterEqual", Catalogue.NUMBERS, greaterEqual);
    compare(to, "equal", Catalogue.ALL, equal);
    ofLongs(to, "greater", Backend::greater, false, true, false);
    ofLongs(to, "greaterEqual", Backend::greaterEqual, true, true, false);
    ofLongs(to, "equal", Backend::equal, true, false, false);
    compare(
        to,
        "greater",
        Catalogue.NUMBERS,
        "less, through tensors",
        comparison((b, x, y) -> b.greater(y, x), Tensor::less, (x, y) -> truth(x < y)));
    compare(
        to,
        "greaterEqual",
        Catalogue.NUMBERS,
        "lessEqual, through tensors",
        comparison((b, x, y) -> b.greaterEqual(y, x), Tensor::lessEqual, (x, y) -> truth(x <= y)));
    logic(to);
    where(to);
  }

  private void compare(Catalogue<A> to, String method, List<DType> dtypes, Operation<A> operation) {
    compare(to, method, dtypes, "[2, 3, 4] and [3, 1]", operation);
    to.add(
        method,
        Catalogue.FLOATS,
        "special values with each other",
        p ->
            p.check(
                operation,
                p.array(SPECIAL, SPECIAL.length, 1),
                p.array(SPECIAL, 1, SPECIAL.length)));
    to.add(
        method,
        dtypes,
        "0-d and empty",
        p -> {
          p.check(operation, p.values(), p.values());
          p.check(operation, p.values(0, 2), p.values());
        });
    to.add(
        method,
        dtypes,
        "random shapes that broadcast",
        p -> {
          for (int i = 0; i < 12; i++) {
            Shape[] shapes = Samples.broadcasting(p.rng());
            p.checkMixed(
                operation, Samples.tied(p, shapes[0].dims()), Samples.tied(p, shapes[1].dims()));
          }
        });
    to.add(
        method,
        dtypes,
        "many elements",
        p -> p.checkDense(operation, Samples.tied(p, 20_011), Samples.tied(p, 20_011)));
  }

  private void compare(
      Catalogue<A> to, String method, List<DType> dtypes, String name, Operation<A> operation) {
    to.add(
        method,
        dtypes,
        name,
        p -> p.check(operation, Samples.tied(p, 2, 3, 4), Samples.tied(p, 3, 1)));
  }

  /** Neighbours that are one number as doubles; expected for equal, first one more, one less. */
  private void ofLongs(
      Catalogue<A> to, String method, ArithmeticCases.Binary<A> operation, boolean... expected) {
    to.add(
        method,
        DType.INT64,
        "neighbours beyond 2^53",
        p -> {
          Backend<A> backend = p.backend();
          long big = (1L << 53) + 1;
          A a = backend.fromHost(HostArray.of(new long[] {big, big, big - 1}, Shape.of(3)));
          A b = backend.fromHost(HostArray.of(new long[] {big, big - 1, big}, Shape.of(3)));
          A result = operation.apply(backend, a, b);
          Comparison.requireSame(
              "exact integers", HostArray.of(expected, Shape.of(3)), backend.toHost(result));
          List.of(a, result, b).forEach(backend::release);
        });
  }

  private void logic(Catalogue<A> to) {
    Operation<A> and =
        comparison(Backend::logicalAnd, Tensor::logicalAnd, (x, y) -> truth(x != 0 && y != 0));
    Operation<A> or =
        comparison(Backend::logicalOr, Tensor::logicalOr, (x, y) -> truth(x != 0 || y != 0));
    Operation<A> not =
        FunctionCases.operation(
            Backend::logicalNot, Tensor::logicalNot, x -> truth(x == 0), Tolerance.exact());
    double[] column = {0, 1};
    to.add(
        "logicalAnd",
        DType.BOOL,
        "by hand",
        p ->
            p.checkByHand(
                and,
                p.array(new double[] {0, 0, 0, 1}, 2, 2),
                p.array(column, 2, 1),
                p.array(column, 1, 2)));
    to.add(
        "logicalOr",
        DType.BOOL,
        "by hand",
        p ->
            p.checkByHand(
                or,
                p.array(new double[] {0, 1, 1, 1}, 2, 2),
                p.array(column, 2, 1),
                p.array(column, 1, 2)));
    to.add(
        "logicalNot",
        DType.BOOL,
        "by hand",
        p -> p.checkByHand(not, p.array(new double[] {1, 0}, 2), p.array(column, 2)));
    for (Shape shape : List.of(Shape.scalar(), Shape.of(0, 2), Shape.of(3, 4), Shape.of(1031))) {
      to.add("logicalNot", DType.BOOL, "" + shape, p -> p.check(not, p.values(shape.dims())));
      to.add(
          "logicalAnd",
          DType.BOOL,
          "" + shape,
          p -> p.check(and, p.values(shape.dims()), p.values(shape.dims())));
      to.add(
          "logicalOr",
          DType.BOOL,
          "" + shape,
          p -> p.check(or, p.values(shape.dims()), p.values(shape.dims())));
    }
  }

  private void where(Catalogue<A> to) {
    to.add(
        "where",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                where,
                p.array(new double[] {1, -2}, 2),
                Samples.condition(true, false),
                p.array(new double[] {1, 2}, 2),
                p.array(new double[] {-1, -2}, 2)));
    to.add(
        "where",
        Catalogue.FLOATS,
        "NaN where it is not selected",
        p ->
            p.checkByHand(
                where,
                p.array(new double[] {1, -2}, 2),
                Samples.condition(true, false),
                p.array(new double[] {1, Double.NaN}, 2),
                p.array(new double[] {Double.NaN, -2}, 2)));
    to.add(
        "where",
        Catalogue.ALL,
        "all three broadcast",
        p -> {
          p.check(where, Samples.conditions(p, 3, 1), p.values(1, 4), p.values(2, 1, 1));
          p.check(where, Samples.conditions(p), p.values(2, 3), p.values());
          p.check(where, Samples.conditions(p, 2, 3), p.values(), p.values());
          p.check(where, Samples.conditions(p, 0, 3), p.values(3), p.values());
        });
    to.add(
        "where",
        Catalogue.ALL,
        "random shapes",
        p -> {
          for (int i = 0; i < 12; i++) {
            Shape whole = Samples.any(p.rng(), 0, 4);
            p.checkMixed(
                where,
                Samples.conditions(p, Samples.narrowed(p.rng(), whole).dims()),
                p.values(Samples.narrowed(p.rng(), whole).dims()),
                p.values(Samples.narrowed(p.rng(), whole).dims()));
          }
        });
    to.add(
        "where",
        DType.INT64,
        "beyond 2^53",
        p -> {
          Backend<A> backend = p.backend();
          A condition = backend.fromHost(Samples.condition(true, false));
          HostArray values =
              HostArray.of(new long[] {(1L << 53) + 1, -(1L << 60) - 3}, Shape.of(2));
          A a = backend.fromHost(values);
          A result = backend.where(condition, a, a);
          Comparison.requireSame("exact integers", values, backend.toHost(result));
          List.of(condition, a, result).forEach(backend::release);
        });
  }
}
