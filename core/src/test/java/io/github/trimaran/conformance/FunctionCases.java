package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/** neg, exp, log, sqrt, sin, cos, tanh, erf, abs and sign. */
final class FunctionCases<A> {

  private static final double[] SPECIAL = {
    0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  static <A> Operation<A> operation(
      BiFunction<Backend<A>, A, A> backend,
      UnaryOperator<Tensor> tensor,
      DoubleUnaryOperator function,
      Tolerance tolerance) {
    return Operation.primitive(
        (b, x) -> backend.apply(b, x.get(0)),
        x -> tensor.apply(x.get(0)),
        x -> ReduceOracles.map(x.get(0), function),
        tolerance);
  }

  void addTo(Catalogue<A> to) {
    Tolerance exact = Tolerance.exact();
    Tolerance rounded = Tolerance.rounded(4);
    function(to, "neg", operation(Backend::neg, Tensor::neg, x -> -x, exact), -1e30, 1e30);
    function(to, "exp", operation(Backend::exp, Tensor::exp, Math::exp, rounded), -85, 85);
    function(to, "log", operation(Backend::log, Tensor::log, Math::log, rounded), 1e-20, 1e20);
    function(
        to,
        "sqrt",
        operation(Backend::sqrt, Tensor::sqrt, Math::sqrt, Tolerance.rounded(1)),
        0,
        1e30);
    Tolerance periodic = Tolerance.nearOne(2);
    function(to, "sin", operation(Backend::sin, Tensor::sin, Math::sin, periodic), -50, 50);
    function(to, "cos", operation(Backend::cos, Tensor::cos, Math::cos, periodic), -50, 50);
    function(to, "tanh", operation(Backend::tanh, Tensor::tanh, Math::tanh, rounded), -12, 12);
    function(to, "erf", operation(Backend::erf, Tensor::erf, FunctionCases::erf, rounded), -4, 4);
    function(to, "abs", operation(Backend::abs, Tensor::abs, Math::abs, exact), -1e30, 1e30);
    Operation<A> sign = operation(Backend::sign, Tensor::sign, Math::signum, exact);
    function(to, "sign", sign, -1e30, 1e30);
    byHand(to);
    ofLongs(to);
  }

  /** By the series of Abramowitz and Stegun 7.1.6, in which nothing cancels. */
  static double erf(double x) {
    if (!(Math.abs(x) < 7)) {
      return Math.signum(x);
    }
    double sum = 0;
    double term = x;
    for (int n = 1; n < 400; n++) {
      sum += term;
      term *= x * x / (n + 0.5);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  private void function(
      Catalogue<A> to, String method, Operation<A> operation, double low, double high) {
    to.add(
        method,
        Catalogue.FLOATS,
        "special values",
        p -> p.check(operation, p.array(SPECIAL, SPECIAL.length)));
    for (Shape shape :
        List.of(Shape.scalar(), Shape.of(0), Shape.of(2, 0, 3), Shape.of(2, 3, 4), Shape.of(37))) {
      to.add(
          method,
          Catalogue.FLOATS,
          "shape " + shape,
          p -> p.check(operation, p.between(low, high, shape.dims())));
    }
    to.add(
        method,
        Catalogue.FLOATS,
        "many elements",
        p -> p.checkDense(operation, p.between(low, high, 30_011)));
    to.add(
        method,
        Catalogue.FLOATS,
        "many elements about 1 in size",
        p -> p.checkDense(operation, p.between(Math.max(low, -1), 1, 10_007)));
    to.add(
        method,
        Catalogue.FLOATS,
        "random shapes",
        p -> {
          for (int i = 0; i < 12; i++) {
            p.checkMixed(operation, p.between(low, high, Samples.any(p.rng(), 0, 5).dims()));
          }
        });
  }

  private void byHand(Catalogue<A> to) {
    byHand(
        to,
        "exp",
        operation(Backend::exp, Tensor::exp, Math::exp, Tolerance.rounded(2)),
        new double[] {0, 1, -1},
        new double[] {1, 2.718281828459045, 0.36787944117144233});
    byHand(
        to,
        "log",
        operation(Backend::log, Tensor::log, Math::log, Tolerance.rounded(2)),
        new double[] {1, 2, 10},
        new double[] {0, 0.6931471805599453, 2.302585092994046});
    byHand(
        to,
        "sqrt",
        operation(Backend::sqrt, Tensor::sqrt, Math::sqrt, Tolerance.exact()),
        new double[] {0, 4, 2.25},
        new double[] {0, 2, 1.5});
    byHand(
        to,
        "sin",
        operation(Backend::sin, Tensor::sin, Math::sin, Tolerance.nearOne(2)),
        new double[] {0, 0.5, -2},
        new double[] {0, 0.479425538604203, -0.9092974268256817});
    byHand(
        to,
        "cos",
        operation(Backend::cos, Tensor::cos, Math::cos, Tolerance.nearOne(2)),
        new double[] {0, 0.5, -2},
        new double[] {1, 0.8775825618903728, -0.4161468365471424});
    byHand(
        to,
        "tanh",
        operation(Backend::tanh, Tensor::tanh, Math::tanh, Tolerance.rounded(4)),
        new double[] {0, 0.5, -2},
        new double[] {0, 0.46211715726000974, -0.9640275800758169});
    // Those of Abramowitz and Stegun, table 7.1, with the further digits of Python's math.erf.
    byHand(
        to,
        "erf",
        operation(Backend::erf, Tensor::erf, FunctionCases::erf, Tolerance.rounded(2)),
        new double[] {0, 0.02, 0.5, -1, 1.5, 2},
        new double[] {
          0,
          0.022564574691844943,
          0.5204998778130465,
          -0.8427007929497149,
          0.9661051464753108,
          0.9953222650189527
        });
    byHand(
        to,
        "neg",
        operation(Backend::neg, Tensor::neg, x -> -x, Tolerance.exact()),
        new double[] {0.5, -3},
        new double[] {-0.5, 3});
    byHand(
        to,
        "abs",
        operation(Backend::abs, Tensor::abs, Math::abs, Tolerance.exact()),
        new double[] {0.5, -3},
        new double[] {0.5, 3});
    byHand(
        to,
        "sign",
        operation(Backend::sign, Tensor::sign, Math::signum, Tolerance.exact()),
        new double[] {0.5, -3, 0},
        new double[] {1, -1, 0});
  }

  private void byHand(
      Catalogue<A> to, String method, Operation<A> operation, double[] x, double[] expected) {
    to.add(
        method,
        Catalogue.FLOATS,
        "by hand",
        p -> p.checkByHand(operation, p.array(expected, x.length), p.array(x, x.length)));
  }

  private void ofLongs(Catalogue<A> to) {
    ofLongs(to, "neg", Backend::neg, x -> -x);
    ofLongs(to, "abs", Backend::abs, Math::abs);
    ofLongs(to, "sign", Backend::sign, Long::signum);
    to.add(
        "neg",
        DType.INT64,
        "shape [2, 3]",
        p ->
            p.check(
                operation(Backend::neg, Tensor::neg, x -> -x, Tolerance.exact()), p.values(2, 3)));
    to.add(
        "abs",
        DType.INT64,
        "shape [2, 3]",
        p ->
            p.check(
                operation(Backend::abs, Tensor::abs, Math::abs, Tolerance.exact()),
                p.values(2, 3)));
    to.add(
        "sign",
        DType.INT64,
        "shape [2, 3]",
        p ->
            p.check(
                operation(Backend::sign, Tensor::sign, Math::signum, Tolerance.exact()),
                p.values(2, 3)));
  }

  private void ofLongs(
      Catalogue<A> to,
      String method,
      BiFunction<Backend<A>, A, A> operation,
      LongUnaryOperator exact) {
    to.add(
        method,
        DType.INT64,
        "beyond 2^53",
        p -> {
          long[] values = {(1L << 53) + 1, -(1L << 60) - 3, 0, Long.MAX_VALUE, -1};
          Shape shape = Shape.of(values.length);
          long[] expected = java.util.Arrays.stream(values).map(exact).toArray();
          Backend<A> backend = p.backend();
          A a = backend.fromHost(HostArray.of(values, shape));
          A result = operation.apply(backend, a);
          Comparison.requireSame(
              "exact integers", HostArray.of(expected, shape), backend.toHost(result));
          List.of(result, a).forEach(backend::release);
        });
  }
}
