package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Elementwise functions that tensors compose of primitives. */
final class ComposedFunctionCases<A> {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final double[] SPECIAL = {
    0, -0.0, 1, -1, Double.NaN, INFINITY, -INFINITY, 0.5, -0.5
  };

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    rounding();
    nearZero();
    bounds();
    predicates();
    masks();
  }

  private static <A> Operation<A> function(
      UnaryOperator<Tensor> tensor, DoubleUnaryOperator definition, Tolerance tolerance) {
    return Operation.composed(
        x -> tensor.apply(x.get(0)), x -> ReduceOracles.map(x.get(0), definition), tolerance);
  }

  private static <A> Operation<A> predicate(
      UnaryOperator<Tensor> tensor, DoubleUnaryOperator definition) {
    return Operation.composed(
        x -> tensor.apply(x.get(0)),
        x ->
            new Grid(
                x.get(0).shape(), DType.BOOL, ReduceOracles.map(x.get(0), definition).values()),
        Tolerance.exact());
  }

  // ---- rounding --------------------------------------------------------------------------------

  private void rounding() {
    rounding("floor", Tensor::floor, Math::floor);
    rounding("ceil", Tensor::ceil, Math::ceil);
    rounding("round", Tensor::round, Math::rint);
  }

  private void rounding(
      String method, UnaryOperator<Tensor> tensor, DoubleUnaryOperator definition) {
    Operation<A> operation = function(tensor, definition, Tolerance.exact());
    catalogue.add(
        method,
        Catalogue.FLOATS,
        "halves, special, small and large values",
        p -> {
          p.check(operation, p.array(SPECIAL, SPECIAL.length));
          p.check(operation, p.array(new double[] {1.5, 2.5, -1.5, -2.5, 3.5, 0.3, -0.3, 1e30}, 8));
          // From 2^22 on a float32, and from 2^51 on a float64, has only halves.
          for (double whole : new double[] {0x1p22, 0x1p23, 0x1p24, 0x1p51, 0x1p52, 0x1p53}) {
            p.check(operation, p.array(new double[] {whole - 0.5, whole + 0.5, 1.5 - whole}, 3));
          }
          p.checkDense(operation, p.between(-100, 100, 10_007));
        });
    catalogue.add(method, Catalogue.NUMBERS, "shapes", p -> shapes(p, operation));
  }

  private void shapes(Probe<A> p, Operation<A> operation) {
    for (Shape shape : List.of(Shape.scalar(), Shape.of(0), Shape.of(2, 0, 3), Shape.of(2, 3, 4))) {
      p.check(operation, p.values(shape.dims()));
    }
  }

  // ---- accurate near zero ----------------------------------------------------------------------

  private void nearZero() {
    Operation<A> log1p = function(Tensor::log1p, Math::log1p, Tolerance.rounded(4));
    Operation<A> expm1 = function(Tensor::expm1, Math::expm1, Tolerance.rounded(4));
    for (double size : new double[] {1e-30, 1e-16, 1e-9, 1e-7, 1e-4, 1e-2, 0.49, 0.9}) {
      catalogue.add(
          "log1p",
          Catalogue.FLOATS,
          "about 0, within " + size,
          p -> p.checkDense(log1p, p.between(-size, size, 501)));
      catalogue.add(
          "expm1",
          Catalogue.FLOATS,
          "about 0, within " + size,
          p -> p.checkDense(expm1, p.between(-size, size, 501)));
    }
    catalogue.add(
        "log1p",
        Catalogue.FLOATS,
        "large and special values, shapes",
        p -> {
          p.checkDense(log1p, p.between(0.5, 1e20, 501));
          p.check(log1p, p.array(SPECIAL, SPECIAL.length));
          p.check(log1p, p.between(0, 1));
          p.check(log1p, p.between(0, 1, 2, 0));
        });
    catalogue.add(
        "expm1",
        Catalogue.FLOATS,
        "large and special values, shapes",
        p -> {
          p.checkDense(expm1, p.between(-80, 80, 501));
          p.check(expm1, p.array(SPECIAL, SPECIAL.length));
          p.check(expm1, p.array(new double[] {1000, -1000}, 2));
          p.check(expm1, p.between(0, 1));
          p.check(expm1, p.between(0, 1, 2, 0));
        });
    gradients("log1p", log1p, -0.55);
    gradients("expm1", expm1, -1.55);
  }

  private void gradients(String method, Operation<A> operation, double from) {
    GradientCases.add(
        catalogue,
        method,
        "[3, 4] from " + from,
        operation,
        p -> new HostArray[] {Samples.spaced(p, from, 3, 4)});
  }

  // ---- with bounds and numbers -----------------------------------------------------------------

  private void bounds() {
    Operation<A> clamp = clamp(-1, 2);
    catalogue.add(
        "clamp",
        Catalogue.NUMBERS,
        "from -1 to 2",
        p -> {
          shapes(p, clamp);
          p.check(clamp, Samples.tied(p, 30));
          p.check(clamp(-INFINITY, 0), Samples.tied(p, 30));
          p.check(clamp(1, INFINITY), Samples.tied(p, 30));
          p.check(clamp(-INFINITY, INFINITY), Samples.tied(p, 30));
        });
    catalogue.add(
        "clamp",
        Catalogue.FLOATS,
        "special values",
        p -> p.check(clamp, p.array(SPECIAL, SPECIAL.length)));
    GradientCases.add(
        catalogue,
        "clamp",
        "both sides of both bounds, squared",
        function(
            x -> x.mul(x).clamp(0.1, 0.8),
            x -> Math.min(Math.max(x * x, 0.1), 0.8),
            Tolerance.exact()),
        p -> new HostArray[] {Samples.spaced(p, -1.23, 5, 5)});
    number("maximum", x -> x.maximum(1), x -> Math.max(x, 1));
    number("minimum", x -> x.minimum(1), x -> Math.min(x, 1));
    comparison("greater", x -> x.greater(1), x -> x > 1);
    comparison("greaterEqual", x -> x.greaterEqual(1), x -> x >= 1);
    comparison("less", x -> x.less(1), x -> x < 1);
    comparison("lessEqual", x -> x.lessEqual(1), x -> x <= 1);
    comparison("equal", x -> x.eq(1), x -> x == 1);
    comparison("equal", x -> x.ne(1), x -> x != 1);
    Operation<A> reciprocal = function(Tensor::reciprocal, x -> 1 / x, Tolerance.rounded(1));
    catalogue.add(
        "reciprocal",
        Catalogue.FLOATS,
        "shapes and special values",
        p -> {
          shapes(p, reciprocal);
          p.check(reciprocal, p.array(SPECIAL, SPECIAL.length));
        });
    gradients("reciprocal", reciprocal, 0.5);
    Operation<A> square = function(Tensor::square, x -> x * x, Tolerance.rounded(1));
    catalogue.add("square", Catalogue.NUMBERS, "shapes", p -> shapes(p, square));
    catalogue.add(
        "square",
        Catalogue.FLOATS,
        "special values",
        p -> p.check(square, p.array(SPECIAL, SPECIAL.length)));
    gradients("square", square, -1.5);
    Operation<A> rsqrt = function(Tensor::rsqrt, x -> 1 / Math.sqrt(x), Tolerance.rounded(2));
    catalogue.add(
        "rsqrt",
        Catalogue.FLOATS,
        "shapes and special values",
        p -> {
          shapes(p, rsqrt);
          p.check(rsqrt, p.array(SPECIAL, SPECIAL.length));
        });
    gradients("rsqrt", rsqrt, 0.5);
  }

  private static <A> Operation<A> clamp(double min, double max) {
    return function(
        x -> x.clamp(min, max), x -> Math.min(Math.max(x, min), max), Tolerance.exact());
  }

  private void number(String method, UnaryOperator<Tensor> tensor, DoubleUnaryOperator definition) {
    Operation<A> operation = function(tensor, definition, Tolerance.exact());
    catalogue.add(
        method, Catalogue.NUMBERS, "with a number", p -> p.check(operation, Samples.tied(p, 4, 5)));
    catalogue.add(
        method,
        Catalogue.FLOATS,
        "with a number, special values",
        p -> p.check(operation, p.array(SPECIAL, SPECIAL.length)));
  }

  /** A condition on a number. */
  private interface Condition {
    boolean holds(double x);
  }

  private void comparison(String method, UnaryOperator<Tensor> tensor, Condition condition) {
    Operation<A> operation = predicate(tensor, x -> condition.holds(x) ? 1 : 0);
    catalogue.add(
        method,
        Catalogue.NUMBERS,
        "with a number, " + condition.holds(0) + condition.holds(1) + condition.holds(2),
        p -> p.check(operation, Samples.tied(p, 4, 5)));
  }

  private void predicates() {
    Operation<A> isNaN = predicate(Tensor::isNaN, x -> Double.isNaN(x) ? 1 : 0);
    Operation<A> isFinite = predicate(Tensor::isFinite, x -> Double.isFinite(x) ? 1 : 0);
    catalogue.add("isNaN", Catalogue.NUMBERS, "shapes", p -> shapes(p, isNaN));
    catalogue.add("isFinite", Catalogue.NUMBERS, "shapes", p -> shapes(p, isFinite));
    catalogue.add(
        "isNaN",
        Catalogue.FLOATS,
        "special values",
        p -> p.check(isNaN, p.array(SPECIAL, SPECIAL.length)));
    catalogue.add(
        "isFinite",
        Catalogue.FLOATS,
        "special values",
        p -> p.check(isFinite, p.array(SPECIAL, SPECIAL.length)));
  }

  // ---- masks -----------------------------------------------------------------------------------

  private void masks() {
    Operation<A> filled =
        Operation.composed(
            x -> x.get(0).maskedFill(x.get(1), -7),
            x ->
                Grid.fill(
                    x.get(0).shape(),
                    x.get(0).dtype(),
                    index -> x.get(1).stretchedAt(index) != 0 ? -7 : x.get(0).at(index)),
            Tolerance.exact());
    catalogue.add(
        "maskedFill",
        Catalogue.NUMBERS,
        "masks of the same shape, stretched, 0-d, none",
        p -> {
          p.check(filled, p.values(3, 4), Samples.conditions(p, 3, 4));
          p.check(filled, p.values(2, 3, 4), Samples.conditions(p, 3, 1));
          p.check(filled, p.values(2, 3), Samples.conditions(p));
          p.check(filled, p.values(0, 3), Samples.conditions(p, 3));
        });
    GradientCases.add(
        catalogue,
        "maskedFill",
        "of squares",
        Operation.composed(
            x -> x.get(0).mul(x.get(0)).maskedFill(x.get(1), 3),
            x ->
                ReduceOracles.where(
                    x.get(1),
                    ReduceOracles.map(x.get(0), v -> 3),
                    ReduceOracles.map(x.get(0), v -> v * v)),
            Tolerance.exact()),
        p -> new HostArray[] {p.values(3, 4), Samples.conditions(p, 3, 4)});
    Operation<A> selected =
        Operation.composed(
            x -> x.get(0).maskedSelect(x.get(1)),
            x -> maskedSelect(x.get(0), x.get(1)),
            Tolerance.exact());
    catalogue.add(
        "maskedSelect",
        Catalogue.ALL,
        "masks of the same shape, stretched, 0-d, none",
        p -> {
          p.check(selected, p.values(3, 4), Samples.conditions(p, 3, 4));
          p.check(selected, p.values(2, 3, 4), Samples.conditions(p, 3, 1));
          p.check(selected, p.values(2, 3), Samples.conditions(p));
          p.check(selected, p.values(), Samples.conditions(p));
          p.check(selected, p.values(0, 3), Samples.conditions(p, 3));
          p.check(selected, p.values(2, 2), HostArray.zeros(Shape.of(2, 2), DType.BOOL));
        });
    GradientCases.add(
        catalogue,
        "maskedSelect",
        "of exponentials",
        GradientCases.afterExp(selected),
        p -> new HostArray[] {p.values(3, 4), Samples.conditions(p, 4)});
    for (int diagonal : new int[] {0, 1, -1, 2, -5, 9}) {
      Operation<A> tril = triangle(x -> x.tril(diagonal), -100, diagonal);
      Operation<A> triu = triangle(x -> x.triu(diagonal), diagonal, 100);
      triangle("tril", tril, diagonal);
      triangle("triu", triu, diagonal);
    }
  }

  /** Those where the mask holds, one after the other. */
  private static Grid maskedSelect(Grid a, Grid mask) {
    List<Double> chosen = new ArrayList<>();
    for (int n = 0; n < a.values().length; n++) {
      int[] index = Grid.index(a.shape(), n);
      if (mask.stretchedAt(index) != 0) {
        chosen.add(a.at(index));
      }
    }
    double[] values = chosen.stream().mapToDouble(value -> value).toArray();
    return new Grid(Shape.of(values.length), a.dtype(), values);
  }

  private void triangle(String method, Operation<A> operation, int diagonal) {
    catalogue.add(
        method,
        Catalogue.NUMBERS,
        "diagonal " + diagonal,
        p -> {
          p.check(operation, p.values(3, 4));
          p.check(operation, p.values(2, 4, 3));
          p.check(operation, p.values(0, 3));
        });
    if (diagonal == 0) {
      GradientCases.add(
          catalogue,
          method,
          "of exponentials",
          GradientCases.afterExp(operation),
          p -> new HostArray[] {p.values(3, 4)});
    }
  }

  private static <A> Operation<A> triangle(UnaryOperator<Tensor> tensor, int from, int to) {
    return Operation.composed(
        x -> tensor.apply(x.get(0)),
        x ->
            Grid.fill(
                x.get(0).shape(),
                x.get(0).dtype(),
                index -> {
                  int offset = index[index.length - 1] - index[index.length - 2];
                  return from <= offset && offset <= to ? x.get(0).at(index) : 0;
                }),
        Tolerance.exact());
  }
}
