package io.github.trimaran.conformance;

import static io.github.trimaran.conformance.ComposedReduceCases.SPECIAL;
import static io.github.trimaran.conformance.ComposedReduceCases.normal;

import io.github.trimaran.array.HostArray;

/** Running sums. */
final class RunningSumCases<A> {

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    for (int axis : new int[] {0, 1, -1}) {
      catalogue.add(
          "cumSum",
          Catalogue.NUMBERS,
          "along " + axis,
          p -> {
            p.check(cumSum(axis), p.values(4, 3, 2));
            p.check(cumSum(axis), p.values(5, 7, 9));
            p.check(cumSum(axis), p.values(2, 0, 3));
          });
      GradientCases.add(
          catalogue,
          "cumSum",
          "of exponentials along " + axis,
          GradientCases.afterExp(cumSum(axis)),
          p -> new HostArray[] {p.values(3, 4, 5)});
    }
    catalogue.add(
        "cumSum",
        Catalogue.FLOATS,
        "many terms; NaN and infinities go on from where they are",
        p -> {
          p.checkDense(cumSum(0), p.between(0.1, 0.1001, 20_011));
          p.checkDense(cumSum(1), p.values(7, 1025));
          p.checkDense(cumSum(0), p.values(1025, 7));
          p.check(cumSum(0), p.array(SPECIAL, 5, 2));
          p.check(cumSum(0), p.array(new double[] {1, Double.NaN, 2, 3}, 4));
        });
  }

  private static <A> Operation<A> cumSum(int axis) {
    return Operation.fused(
        (b, x) -> b.cumSum(x.get(0), b.shape(x.get(0)).axis("cumSum", axis)),
        x -> x.get(0).cumSum(axis),
        x -> ReduceOracles.cumSum(x.get(0), normal(x.get(0), axis)[0]),
        Tolerance.accumulated(x -> x.get(0).shape().isEmpty() ? 1 : x.get(0).dim(axis)));
  }
}
