package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;

/** add, sub, mul, div, maximum, minimum and pow: broadcasting, special values, exact integers. */
final class ArithmeticCases<A> {

  /** A backend method of two operands. */
  @FunctionalInterface
  interface Binary<A> {
    A apply(Backend<A> backend, A a, A b);
  }

  /** Shapes of two operands that broadcast. */
  private record Shapes(Shape a, Shape b) {}

  private static final List<Shapes> BROADCASTS =
      List.of(
          new Shapes(Shape.of(2, 3, 4), Shape.of(2, 3, 4)),
          new Shapes(Shape.of(2, 3, 4), Shape.of(4)),
          new Shapes(Shape.of(3), Shape.of(4, 3)),
          new Shapes(Shape.of(2, 1, 4), Shape.of(3, 1)),
          new Shapes(Shape.of(5, 1), Shape.of(1, 5)),
          new Shapes(Shape.of(2, 3), Shape.scalar()),
          new Shapes(Shape.scalar(), Shape.of(2, 3)),
          new Shapes(Shape.scalar(), Shape.scalar()),
          new Shapes(Shape.of(1), Shape.of(1, 1)),
          new Shapes(Shape.of(1, 1), Shape.of(3)),
          new Shapes(Shape.of(2, 3), Shape.of(1, 1, 1)),
          new Shapes(Shape.of(17), Shape.of(17)),
          new Shapes(Shape.of(0, 3), Shape.of(1, 3)),
          new Shapes(Shape.of(3, 1), Shape.of(1, 0)),
          new Shapes(Shape.of(0), Shape.scalar()));

  private static final double[] SPECIAL = {
    0,
    -0.0,
    1.5,
    -2.25,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    1e-30,
    -1e30
  };

  private final Operation<A> add =
      operation(Backend::add, Tensor::add, Double::sum, Tolerance.exact());
  private final Operation<A> sub =
      operation(Backend::sub, Tensor::sub, (x, y) -> x - y, Tolerance.exact());
  private final Operation<A> mul =
      operation(Backend::mul, Tensor::mul, (x, y) -> x * y, Tolerance.exact());
  private final Operation<A> div =
      operation(Backend::div, Tensor::div, (x, y) -> x / y, Tolerance.exact());
  private final Operation<A> maximum =
      operation(Backend::maximum, Tensor::maximum, Math::max, Tolerance.exact());
  private final Operation<A> minimum =
      operation(Backend::minimum, Tensor::minimum, Math::min, Tolerance.exact());
  private final Operation<A> pow =
      operation(Backend::pow, Tensor::pow, Math::pow, Tolerance.rounded(8));

  static <A> Operation<A> operation(
      Binary<A> backend,
      BinaryOperator<Tensor> tensor,
      DoubleBinaryOperator function,
      Tolerance tolerance) {
    return Operation.primitive(
        (b, x) -> backend.apply(b, x.get(0), x.get(1)),
        x -> tensor.apply(x.get(0), x.get(1)),
        x -> ReduceOracles.zip(x.get(0), x.get(1), x.get(0).dtype(), function),
        tolerance);
  }

  void addTo(Catalogue<A> to) {
    arithmetic(to, "add", Catalogue.NUMBERS, add, 0.75);
    arithmetic(to, "sub", Catalogue.NUMBERS, sub, 5.25);
    arithmetic(to, "mul", Catalogue.NUMBERS, mul, -6.75);
    arithmetic(to, "div", Catalogue.FLOATS, div, -1 / 0.75);
    arithmetic(to, "maximum", Catalogue.NUMBERS, maximum, 3);
    arithmetic(to, "minimum", Catalogue.NUMBERS, minimum, -2.25);
    power(to);
    large(to, "add", Math::addExact, Backend::add);
    large(to, "sub", Math::subtractExact, Backend::sub);
    large(to, "maximum", Math::max, Backend::maximum);
    large(to, "minimum", Math::min, Backend::minimum);
    to.add(
        "mul",
        DType.INT64,
        "beyond 2^53",
        p ->
            exactLongs(
                p,
                Backend::mul,
                new long[] {3_037_000_499L, -94_906_267},
                new long[] {3_037_000_499L, 94_906_267},
                new long[] {9_223_372_030_926_249_001L, -9_007_199_515_875_289L}));
  }

  /** {@code byHand} is the result for 3 and -2.25; integers have their own hand values. */
  private void arithmetic(
      Catalogue<A> to, String method, List<DType> dtypes, Operation<A> operation, double byHand) {
    to.add(
        method,
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                operation,
                p.array(new double[] {byHand}, 1),
                p.array(new double[] {3}, 1),
                p.array(new double[] {-2.25}, 1)));
    for (Shapes shapes : BROADCASTS) {
      to.add(
          method,
          dtypes,
          shapes.a() + " and " + shapes.b(),
          p -> p.check(operation, p.values(shapes.a().dims()), p.values(shapes.b().dims())));
    }
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
        "random shapes that broadcast",
        p -> {
          for (int i = 0; i < 12; i++) {
            Shape[] shapes = Samples.broadcasting(p.rng());
            p.checkMixed(operation, p.values(shapes[0].dims()), p.values(shapes[1].dims()));
          }
        });
    to.add(
        method,
        dtypes,
        "many elements",
        p -> p.checkDense(operation, p.values(70_001), p.values(70_001)));
    to.add(
        method,
        dtypes,
        "the same array twice",
        p ->
            p.check(
                Operation.primitive(
                    (b, x) -> operation.backend().apply(b, List.of(x.get(0), x.get(0))).get(0),
                    x -> operation.tensor().apply(List.of(x.get(0), x.get(0))).get(0),
                    x -> operation.oracle().apply(List.of(x.get(0), x.get(0))).get(0),
                    operation.tolerance()),
                p.values(3, 5)));
  }

  private void power(Catalogue<A> to) {
    to.add(
        "pow",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                pow,
                p.array(new double[] {8, 0.25, 1, 0, -8, 1 / 9.0}, 6),
                p.array(new double[] {2, 4, 7, 0, -2, 9}, 6),
                p.array(new double[] {3, -1, 0, 2, 3, -1}, 6)));
    for (Shapes shapes : BROADCASTS) {
      to.add(
          "pow",
          Catalogue.FLOATS,
          shapes.a() + " and " + shapes.b(),
          p -> p.check(pow, p.between(0.1, 3, shapes.a().dims()), p.values(shapes.b().dims())));
    }
    // Where the base is 1 or -1, Java and C disagree about exponents of NaN and infinity.
    double[] bases = {0, 0.5, 2, 3.25, Double.POSITIVE_INFINITY, Double.NaN, -2, -0.5};
    double[] exponents = {0, 2, -3, 0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    to.add(
        "pow",
        Catalogue.FLOATS,
        "special values",
        p ->
            p.check(pow, p.array(bases, bases.length, 1), p.array(exponents, 1, exponents.length)));
  }

  /** Integers that a double cannot hold. */
  private void large(
      Catalogue<A> to,
      String method,
      java.util.function.LongBinaryOperator exact,
      Binary<A> operation) {
    long[] a = {(1L << 53) + 1, Long.MAX_VALUE - 10, -(1L << 60) - 3, 7};
    long[] b = {1, 5, (1L << 53) + 3, -9};
    long[] expected = new long[a.length];
    for (int i = 0; i < a.length; i++) {
      expected[i] = exact.applyAsLong(a[i], b[i]);
    }
    to.add(method, DType.INT64, "beyond 2^53", p -> exactLongs(p, operation, a, b, expected));
  }

  private void exactLongs(Probe<A> p, Binary<A> operation, long[] a, long[] b, long[] expected) {
    Backend<A> backend = p.backend();
    A left = backend.fromHost(HostArray.of(a, Shape.of(a.length)));
    A right = backend.fromHost(HostArray.of(b, Shape.of(b.length)));
    A result = operation.apply(backend, left, right);
    Comparison.requireSame(
        "exact integers", HostArray.of(expected, Shape.of(a.length)), backend.toHost(result));
    List.of(left, right, result).forEach(backend::release);
  }
}
