package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.BatchNorm;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Division by a number, and the means made with it: of ones they are 1, of constants exact. */
final class QuotientCases<A> {

  private static final int COUNTS = 1000;

  private static final double[] SPECIAL = {
    0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  /** The divisor is rounded to the dtype, as a tensor's would be. */
  private Operation<A> divScalar(double c) {
    return Operation.fused(
        (b, x) -> b.divScalar(x.get(0), c),
        x -> x.get(0).div(c),
        x -> {
          double divisor = Tolerance.representable(x.get(0).dtype(), c);
          return ReduceOracles.map(x.get(0), v -> v / divisor);
        },
        Tolerance.exact());
  }

  void addTo(Catalogue<A> to) {
    quotients(to);
    means(to);
    variances(to);
  }

  private void quotients(Catalogue<A> to) {
    for (double c : new double[] {1, -3, 41, 0.1, 1e-30, 0, Double.POSITIVE_INFINITY}) {
      to.add(
          "divScalar",
          Catalogue.FLOATS,
          "by " + c,
          p -> {
            p.check(divScalar(c), p.values(3, 5));
            p.check(divScalar(c), p.values());
            p.check(divScalar(c), p.values(2, 0));
            p.check(divScalar(c), p.array(SPECIAL, SPECIAL.length));
            p.checkDense(divScalar(c), p.values(20_011));
          });
    }
    to.add(
        "divScalar",
        Catalogue.FLOATS,
        "by hand, where the reciprocal is rounded or infinite",
        p -> {
          p.checkByHand(divScalar(41), p.array(at(1, 2, -1), 3), p.array(at(41, 82, -41), 3));
          p.checkByHand(
              divScalar(0x1p-140), p.array(at(0, 0x1p110), 2), p.array(at(0, 0x1p-30), 2));
        });
    to.add(
        "divScalar",
        DType.FLOAT64,
        "of numbers below the least normal one",
        p ->
            p.checkByHand(divScalar(1e-310), p.array(at(1, 2), 2), p.array(at(1e-310, 2e-310), 2)));
    GradientCases.add(
        to, "divScalar", "by -0.7", divScalar(-0.7), p -> new HostArray[] {p.values(3, 4)});
  }

  private static double[] at(double... values) {
    return values;
  }

  private void means(Catalogue<A> to) {
    forEachCount(to, "mean over all", x -> x.mean());
    forEachCount(to, "mean over an axis", x -> x.reshape(1, -1, 1).mean(1).reshape(1));
    forEachCount(to, "mean of an image", x -> x.reshape(1, 1, 1, -1).mean(2, 3));
    to.add(
        "avgPool2d",
        Catalogue.FLOATS,
        "of ones is 1, whatever the window",
        p -> {
          for (int kernel = 1; kernel <= 33; kernel++) {
            int window = kernel;
            Pool2dGeometry geometry = Pool2dGeometry.of(window, 1);
            requireAll(p, 1, ones(p, 1, 1, window, window), x -> Pooling.avgPool2d(x, geometry));
          }
        });
  }

  private void forEachCount(Catalogue<A> to, String name, UnaryOperator<Tensor> mean) {
    to.add(
        "divScalar",
        Catalogue.FLOATS,
        name + ": of n ones it is 1",
        p -> {
          for (int n = 1; n <= COUNTS; n++) {
            requireAll(p, 1, ones(p, n), mean);
          }
        });
  }

  private void variances(Catalogue<A> to) {
    for (double constant : new double[] {1, 0.1, -3.7, 1e5 + 0.3}) {
      to.add(
          "divScalar",
          Catalogue.FLOATS,
          "variance of " + constant + " again and again is 0",
          p -> {
            for (int n = 1; n <= COUNTS; n += 7) {
              requireAll(p, 0, filled(p, constant, n), x -> x.variance());
              requireAll(p, 0, filled(p, constant, 2, n, 3), x -> x.variance(0, 1));
            }
          });
      to.add(
          "batchNorm",
          Catalogue.FLOATS,
          "variance of " + constant + " again and again is 0",
          p -> {
            for (int n = 1; n <= 17; n++) {
              for (int channels : new int[] {1, 8, 17}) {
                requireNormalised(p, constant, filled(p, constant, n, channels, 3, n));
              }
            }
          });
    }
  }

  /** Mean {@code constant}, variance 0, and so an output of beta alone. */
  private void requireNormalised(Probe<A> p, double constant, HostArray image) {
    Backend<A> backend = p.backend();
    Shape channels = Shape.of(image.shape().dim(1));
    try (Scope scope = Scope.open("a constant image")) {
      Tensor gamma = Tensor.full(backend, channels, p.dtype(), 1.5);
      Tensor beta = Tensor.full(backend, channels, p.dtype(), -0.25);
      BatchNorm normed = BatchNorm.training(Tensor.of(backend, image), gamma, beta, 1e-5);
      requireAll("the mean", Tolerance.representable(p.dtype(), constant), normed.mean());
      requireAll("the variance", 0, normed.variance());
    }
  }

  private void requireAll(
      Probe<A> p, double expected, HostArray operand, UnaryOperator<Tensor> operation) {
    try (Scope scope = Scope.open("a mean")) {
      requireAll(
          "of " + operand.shape(), expected, operation.apply(Tensor.of(p.backend(), operand)));
    }
  }

  private static void requireAll(String what, double expected, Tensor actual) {
    double[] wanted = new double[actual.shape().size()];
    Arrays.fill(wanted, expected);
    Comparison.requireEqual(what, box(wanted), box(actual.toDoubles()));
  }

  private static List<Double> box(double... values) {
    // Adding 0 makes -0 into 0.
    return Arrays.stream(values).map(value -> value + 0.0).boxed().toList();
  }

  private HostArray ones(Probe<A> p, int... extents) {
    return filled(p, 1, extents);
  }

  private HostArray filled(Probe<A> p, double value, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), p.dtype());
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, value);
    }
    return values;
  }
}
