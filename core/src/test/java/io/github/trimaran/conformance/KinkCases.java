package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Gradients where there is no derivative: kinks and ties have an agreed one, worked out by hand.
 */
final class KinkCases<A> {

  private static final double NONE_BELOW = Double.NEGATIVE_INFINITY;
  private static final double NONE_ABOVE = Double.POSITIVE_INFINITY;

  void addTo(Catalogue<A> to) {
    kink(to, "max", "ties share", x -> x.max(), array(1, 3, 3, 2), array(0, 0.5, 0.5, 0));
    kink(
        to,
        "maximum",
        "ties share",
        x -> x.maximum(x.detach().mul(0).add(2)).sum(),
        array(1, 2, 3),
        array(0, 0.5, 1));
    kink(
        to,
        "minimum",
        "ties share",
        x -> x.minimum(x.detach().mul(0).add(2)).sum(),
        array(1, 2, 3),
        array(1, 0.5, 0));
    kink(to, "min", "ties share", x -> x.min(), array(2, 1, 1, 3), array(0, 0.5, 0.5, 0));
    kink(
        to,
        "clamp",
        "the bounds are inside",
        x -> x.clamp(1, 3).sum(),
        array(0, 1, 2, 3, 4),
        array(0, 1, 1, 1, 0));
    kink(to, "clamp", "no bounds", x -> x.clamp(NONE_BELOW, NONE_ABOVE).sum(), array(5), array(1));
    kink(to, "floor", "constant", x -> x.floor().mul(x).sum(), array(1.5, -2.5), array(1, -3));
    kink(to, "std", "0 where nothing varies", x -> x.std(), array(2, 2, 2), array(0, 0, 0));
    kink(to, "norm", "0 at 0", x -> x.norm(), array(0, 0), array(0, 0));
    kink(to, "norm", "3-norm at 0", x -> x.norm(3, false), array(0, 0), array(0, 0));
    kink(to, "norm", "half-norm, one 0", x -> x.norm(0.5, false), array(0, 4), array(0, 1));
    kink(
        to,
        "norm",
        "ties share",
        x -> x.norm(NONE_ABOVE, false),
        array(-3, 2, 3),
        array(-0.5, 0, 0.5));
    kink(to, "prod", "with a 0", x -> x.prod(), array(2, 0, 5), array(0, 10, 0));
    kink(to, "prod", "with two", x -> x.prod(), array(0, 0, 5, 2), array(0, 0, 0, 0));
    kink(to, "logSumExp", "of one", x -> x.logSumExp(), array(-1000), array(1));
    kink(to, "relu", "0 at 0", x -> x.relu().sum(), array(-1, 0, 2), array(0, 0, 1));
    kink(to, "abs", "0 at 0", x -> x.abs().sum(), array(-1, 0, 2), array(-1, 0, 1));
    kink(
        to,
        "maxPool2d",
        "the first of ties takes all",
        x -> Pooling.maxPool2d(x.reshape(1, 1, 2, 2), Pool2dGeometry.of(2, 2)).sum(),
        array(3, 5, 5, 5),
        array(0, 1, 0, 0));
    kink(to, "powScalar", "x^2 at 0", x -> x.pow(2).sum(), array(0, 3), array(0, 6));
    kink(to, "powScalar", "x^1 at 0", x -> x.pow(1).sum(), array(0, 3), array(1, 1));
    kink(to, "powScalar", "x^0 at 0", x -> x.pow(0).sum(), array(0, 3), array(0, 0));
    kink(to, "pow", "0^x", x -> x.detach().mul(0).pow(x).sum(), array(1, 3), array(0, 0));
    kink(
        to,
        "pow",
        "x^2 and x^0 at 0",
        x ->
            x.pow(
                    Tensor.of(
                        x.backend(), HostArray.of(new double[] {2, 0}, x.shape()).to(x.dtype())))
                .sum(),
        array(0, 0),
        array(0, 0));
    kink(
        to,
        "where",
        "infinity where it is not selected",
        x -> {
          Tensor zero = x.detach().mul(0);
          return Tensor.where(x.greater(zero), x, x.add(x.detach().div(zero))).sum();
        },
        array(1, 2),
        array(1, 1));
  }

  private static double[] array(double... values) {
    return values;
  }

  private void kink(
      Catalogue<A> to,
      String method,
      String name,
      UnaryOperator<Tensor> function,
      double[] point,
      double[] expected) {
    to.add(
        method,
        Catalogue.FLOATS,
        "derivative at a kink: " + name,
        p -> {
          try (Scope scope = Scope.open("a gradient case")) {
            Tensor x = Tensor.of(p.backend(), p.array(point, point.length)).requiresGrad();
            Tensor gradient = Gradients.of(function.apply(x), x).get(x);
            Comparison.require(
                "gradient",
                Tolerance.exact(),
                Grid.of(p.array(expected, expected.length)),
                Grid.of(p.array(expected, expected.length)),
                1,
                gradient.toHost());
          }
        });
  }
}
