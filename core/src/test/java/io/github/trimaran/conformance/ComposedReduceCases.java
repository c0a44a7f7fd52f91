package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Reductions that tensors compose of primitives. */
final class ComposedReduceCases<A> {

  private static final double INFINITY = Double.POSITIVE_INFINITY;
  static final int[][] AXES = {{0}, {1}, {-1}, {0, -1}, {1, 2}, {0, 1, 2}};

  static final double[] SPECIAL = {
    Double.NaN, 1, INFINITY, 2, -INFINITY, 3, INFINITY, -INFINITY, -INFINITY, -INFINITY
  };

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    extremes();
    moments();
    products();
    norms();
    logSumExp();
  }

  /** A reduction by its method on tensors. */
  interface Reduced extends BiFunction<Tensor, int[], Tensor> {}

  static <A> Operation<A> vanishing(
      Reduced tensor, ReduceOracles.Reduction definition, Tolerance tolerance, int... axes) {
    return Operation.composed(
        x -> tensor.apply(x.get(0), axes),
        x -> ReduceOracles.reduced(x.get(0), normal(x.get(0), axes), definition),
        tolerance);
  }

  static <A> Operation<A> kept(
      Reduced tensor, ReduceOracles.Reduction definition, Tolerance tolerance, int... axes) {
    return Operation.composed(
        x -> tensor.apply(x.get(0), axes),
        x -> {
          int[] over = normal(x.get(0), axes);
          Grid reduced = ReduceOracles.reduced(x.get(0), over, definition);
          return MoveOracles.reshape(reduced, x.get(0).shape().withOnes(over));
        },
        tolerance);
  }

  static int[] normal(Grid a, int... axes) {
    return axes.length == 0
        ? IntStream.range(0, a.shape().rank()).toArray()
        : a.shape().axes("oracle", axes);
  }

  private void reduction(
      String method,
      List<DType> dtypes,
      Reduced vanishing,
      Reduced keeping,
      ReduceOracles.Reduction definition,
      Tolerance tolerance) {
    for (int[] axes : AXES) {
      catalogue.add(
          method,
          dtypes,
          "of [2, 3, 4] over " + Arrays.toString(axes),
          p -> {
            p.check(vanishing(vanishing, definition, tolerance, axes), p.values(2, 3, 4));
            p.check(kept(keeping, definition, tolerance, axes), p.values(2, 3, 4));
          });
    }
    catalogue.add(
        method,
        dtypes,
        "over all, 0-d, to nothing",
        p -> {
          p.check(vanishing(vanishing, definition, tolerance), p.values(3, 4));
          p.check(kept(keeping, definition, tolerance), p.values(3, 4));
          p.check(vanishing(vanishing, definition, tolerance), p.values());
          p.check(vanishing(vanishing, definition, tolerance, 1), p.values(0, 3));
          p.check(kept(keeping, definition, tolerance, -1), p.values(0, 3));
        });
  }

  private void special(
      String method, Reduced tensor, ReduceOracles.Reduction definition, Tolerance tolerance) {
    catalogue.add(
        method,
        Catalogue.FLOATS,
        "NaN and infinities",
        p -> {
          p.check(vanishing(tensor, definition, tolerance, 1), p.array(SPECIAL, 5, 2));
          p.check(vanishing(tensor, definition, tolerance, 0), p.array(SPECIAL, 5, 2));
        });
  }

  private void gradients(
      String method, Reduced tensor, ReduceOracles.Reduction definition, double from) {
    for (int[] axes : new int[][] {{1}, {0, 2}, {}}) {
      GradientCases.add(
          catalogue,
          method,
          "over " + Arrays.toString(axes),
          vanishing(tensor, definition, Tolerance.exact(), axes),
          p -> new HostArray[] {Samples.spaced(p, from, 2, 3, 4)});
    }
  }

  // ---- extremes --------------------------------------------------------------------------------

  private void extremes() {
    ReduceOracles.Reduction min = values -> Arrays.stream(values).reduce(Math::min).orElseThrow();
    Tolerance exact = Tolerance.exact();
    reduction("min", Catalogue.NUMBERS, Tensor::min, Tensor::minKeepDims, min, exact);
    special("min", Tensor::min, min, exact);
    GradientCases.add(
        catalogue,
        "min",
        "of exponentials",
        GradientCases.afterExp(vanishing(Tensor::min, min, exact, 1)),
        p -> new HostArray[] {Samples.spaced(p, -1, 2, 3, 4)});
    reduction(
        "max",
        Catalogue.NUMBERS,
        Tensor::max,
        Tensor::maxKeepDims,
        values -> Arrays.stream(values).reduce(Math::max).orElseThrow(),
        exact);
    catalogue.add(
        "min",
        DType.INT64,
        "of the extremes of the type",
        p -> {
          HostArray values =
              HostArray.of(new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE, 1}, Shape.of(2, 2));
          HostArray least = HostArray.of(new long[] {Long.MIN_VALUE, 1}, Shape.of(2));
          try (Scope scope = Scope.open("a conformance case")) {
            Tensor a = Tensor.of(p.backend(), values);
            Comparison.requireEqual("minima", least, a.min(1).toHost());
          }
        });
    Operation<A> flat = argMin();
    catalogue.add(
        "argMin",
        Catalogue.NUMBERS,
        "many ties",
        p -> {
          for (int axis : new int[] {0, 1, -1}) {
            p.check(argMin(axis), Samples.tied(p, 3, 4, 5));
          }
          p.check(flat, Samples.tied(p, 3, 4));
        });
    catalogue.add(
        "argMin",
        Catalogue.FLOATS,
        "NaN and infinities",
        p -> p.check(argMin(1), p.array(SPECIAL, 5, 2)));
    catalogue.add(
        "argMax",
        Catalogue.NUMBERS,
        "of all",
        p ->
            p.check(
                Operation.composed(
                    x -> x.get(0).argMax(),
                    x -> ReduceOracles.argMax(flat(x.get(0)), 0),
                    Tolerance.exact()),
                Samples.tied(p, 3, 4)));
  }

  private static Grid flat(Grid a) {
    return MoveOracles.reshape(a, Shape.of(a.shape().size()));
  }

  /** The first index of the smallest; NaN counts as the smallest. */
  private static <A> Operation<A> argMin(int... axis) {
    return Operation.composed(
        x -> axis.length == 0 ? x.get(0).argMin() : x.get(0).argMin(axis[0]),
        x -> {
          Grid negated = ReduceOracles.map(x.get(0), v -> -v);
          return axis.length == 0
              ? ReduceOracles.argMax(flat(negated), 0)
              : ReduceOracles.argMax(negated, normal(negated, axis)[0]);
        },
        Tolerance.exact());
  }

  // ---- moments ---------------------------------------------------------------------------------

  private static double mean(double... values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static ReduceOracles.Reduction variance(double correction) {
    return values -> {
      double mean = mean(values);
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return squares / Math.max(values.length - correction, 0);
    };
  }

  private static ReduceOracles.Reduction std(double correction) {
    return values -> Math.sqrt(variance(correction).of(values));
  }

  private void moments() {
    Tolerance sums = Tolerance.nearOne(16);
    reduction(
        "mean",
        Catalogue.FLOATS,
        Tensor::mean,
        Tensor::meanKeepDims,
        ComposedReduceCases::mean,
        sums);
    gradients("mean", Tensor::mean, ComposedReduceCases::mean, -1);
    for (double correction : new double[] {0, 1, 0.5}) {
      Reduced variance = (x, axes) -> x.variance(correction, false, axes);
      Reduced std = (x, axes) -> x.std(correction, false, axes);
      reduction(
          "variance",
          Catalogue.FLOATS,
          variance,
          (x, axes) -> x.variance(correction, true, axes),
          variance(correction),
          sums);
      reduction(
          "std",
          Catalogue.FLOATS,
          std,
          (x, axes) -> x.std(correction, true, axes),
          std(correction),
          // The square root doubles digits that are wrong about 0.
          Tolerance.nearOne(64));
      gradients("variance", variance, variance(correction), -1);
      gradients("std", std, std(correction), -1);
    }
    reduction(
        "variance",
        Catalogue.FLOATS,
        Tensor::variance,
        (x, axes) -> x.variance(0, true, axes),
        variance(0),
        sums);
    reduction(
        "std",
        Catalogue.FLOATS,
        Tensor::std,
        (x, axes) -> x.std(0, true, axes),
        std(0),
        Tolerance.nearOne(64));
  }

  // ---- products --------------------------------------------------------------------------------

  private static double product(double... values) {
    return Arrays.stream(values).reduce(1, (x, y) -> x * y);
  }

  private void products() {
    Tolerance rounded = Tolerance.rounded(12);
    reduction(
        "prod",
        Catalogue.NUMBERS,
        Tensor::prod,
        Tensor::prodKeepDims,
        ComposedReduceCases::product,
        rounded);
    special("prod", Tensor::prod, ComposedReduceCases::product, rounded);
    gradients("prod", Tensor::prod, ComposedReduceCases::product, -1.05);
    catalogue.add(
        "prod",
        Catalogue.NUMBERS,
        "of nothing is 1; of 1 to 9",
        p -> {
          p.check(
              vanishing(Tensor::prod, ComposedReduceCases::product, rounded, 0), p.values(0, 3));
          for (int count = 1; count < 10; count++) {
            Operation<A> operation =
                vanishing(Tensor::prod, ComposedReduceCases::product, rounded, -1);
            p.check(operation, p.values(2, count));
          }
        });
  }

  // ---- norms -----------------------------------------------------------------------------------

  private static ReduceOracles.Reduction norm(double power) {
    return values -> {
      double[] sizes = Arrays.stream(values).map(Math::abs).toArray();
      if (power == 0) {
        return Arrays.stream(sizes).filter(v -> v != 0).count();
      } else if (power == INFINITY) {
        return Arrays.stream(sizes).reduce(0, Math::max);
      } else if (power == -INFINITY) {
        return Arrays.stream(sizes).reduce(INFINITY, Math::min);
      }
      return Math.pow(Arrays.stream(sizes).map(v -> Math.pow(v, power)).sum(), 1 / power);
    };
  }

  private void norms() {
    for (double power : new double[] {2, 1, 0, 3, 1.5, INFINITY, -INFINITY}) {
      Reduced norm = (x, axes) -> x.norm(power, false, axes);
      reduction(
          "norm",
          Catalogue.FLOATS,
          norm,
          (x, axes) -> x.norm(power, true, axes),
          norm(power),
          Tolerance.rounded(16));
      if (power != 0) {
        // Second derivatives of other norms are large about 0, and for sizes that tie there is
        // none.
        gradients("norm", norm, norm(power), power == 2 ? -1.05 : -2.85);
      }
    }
    catalogue.add(
        "norm",
        Catalogue.FLOATS,
        "without a power, Euclidean; of nothing 0",
        p -> {
          p.check(vanishing(Tensor::norm, norm(2), Tolerance.rounded(16), 1), p.values(3, 4));
          p.check(vanishing(Tensor::norm, norm(2), Tolerance.rounded(16), 0), p.values(0, 4));
          p.checkByHand(
              vanishing(Tensor::norm, norm(2), Tolerance.rounded(1)),
              p.array(new double[] {5}),
              p.array(new double[] {3, -4}, 2));
        });
  }

  // ---- log of sums -----------------------------------------------------------------------------

  private static double logSumExp(double... values) {
    double top = Arrays.stream(values).reduce(-INFINITY, Math::max);
    double shift = Double.isFinite(top) ? top : 0;
    return Math.log(Arrays.stream(values).map(v -> Math.exp(v - shift)).sum()) + shift;
  }

  private void logSumExp() {
    Tolerance near = Tolerance.nearOne(8);
    reduction(
        "logSumExp",
        Catalogue.FLOATS,
        Tensor::logSumExp,
        Tensor::logSumExpKeepDims,
        ComposedReduceCases::logSumExp,
        near);
    special("logSumExp", Tensor::logSumExp, ComposedReduceCases::logSumExp, near);
    gradients("logSumExp", Tensor::logSumExp, ComposedReduceCases::logSumExp, -1);
    catalogue.add(
        "logSumExp",
        Catalogue.FLOATS,
        "no overflow, none of nothing",
        p -> {
          Operation<A> operation =
              vanishing(Tensor::logSumExp, ComposedReduceCases::logSumExp, near, 1);
          p.check(operation, p.array(new double[] {1e4, 1e4, -1e4, -1e4}, 2, 2));
          p.check(operation, p.values(2, 0));
        });
  }
}
