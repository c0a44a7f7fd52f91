package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/** dot and outer, which tensors compose of products and sums. */
final class VectorCases<A> {

  private static <A> Operation<A> dot() {
    return Operation.composed(
        x -> x.get(0).dot(x.get(1)),
        x ->
            ReduceOracles.sum(
                ReduceOracles.zip(x.get(0), x.get(1), x.get(0).dtype(), (v, w) -> v * w), 0),
        Tolerance.accumulated(x -> x.get(0).dim(0)));
  }

  private static <A> Operation<A> outer() {
    return Operation.composed(
        x -> x.get(0).outer(x.get(1)),
        x ->
            Grid.fill(
                Shape.of(x.get(0).dim(0), x.get(1).dim(0)),
                x.get(0).dtype(),
                index -> x.get(0).at(index[0]) * x.get(1).at(index[1])),
        Tolerance.rounded(1));
  }

  void addTo(Catalogue<A> to) {
    to.add(
        "dot",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                dot(),
                p.array(new double[] {11}),
                p.array(new double[] {1, -2, 3}, 3),
                p.array(new double[] {4, 1, 3}, 3)));
    to.add(
        "outer",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                outer(),
                p.array(new double[] {3, 4, 5, -6, -8, -10}, 2, 3),
                p.array(new double[] {1, -2}, 2),
                p.array(new double[] {3, 4, 5}, 3)));
    for (int length : new int[] {0, 1, 5, 67}) {
      to.add(
          "dot",
          Catalogue.NUMBERS,
          length + " values",
          p -> p.check(dot(), p.values(length), p.values(length)));
      to.add(
          "outer",
          Catalogue.NUMBERS,
          length + " by 3 values",
          p -> p.check(outer(), p.values(length), p.values(3)));
    }
    // Many equal products would all be rounded the same way, so these differ.
    to.add(
        "dot",
        Catalogue.NUMBERS,
        "long vectors",
        p -> p.checkDense(dot(), p.values(10_007), p.values(10_007)));
    GradientCases.add(to, "dot", "[5]", dot(), p -> new HostArray[] {p.values(5), p.values(5)});
    GradientCases.add(
        to, "outer", "[3], [4]", outer(), p -> new HostArray[] {p.values(3), p.values(4)});
  }
}
