package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.List;

/** channelMoments, channelProducts and channelCombination, which only backends have. */
final class ChannelCases<A> {

  /** Sums are in double precision, whatever is summed up. */
  private static Tolerance sums() {
    return new Tolerance(8, Tolerance.Scale.VALUE_OR_ONE, x -> x.get(0).shape().size());
  }

  private Operation<A> moments() {
    return new Operation<>(
        (b, x) -> b.channelMoments(x.get(0)).map(List::of).orElse(List.of()),
        null,
        x -> List.of(FusedOracles.channelMoments(x.get(0))),
        sums());
  }

  private Operation<A> products() {
    return new Operation<>(
        (b, x) -> b.channelProducts(x.get(0), x.get(1), x.get(2)).map(List::of).orElse(List.of()),
        null,
        x -> List.of(FusedOracles.channelProducts(x.get(0), x.get(1), x.get(2))),
        sums());
  }

  /** The factors are last. */
  private Operation<A> combination() {
    return new Operation<>(
        (b, x) ->
            b.channelCombination(x.subList(0, x.size() - 1), x.get(x.size() - 1))
                .map(List::of)
                .orElse(List.of()),
        null,
        x ->
            List.of(
                FusedOracles.channelCombination(x.subList(0, x.size() - 1), x.get(x.size() - 1))),
        Tolerance.nearOne(16));
  }

  private static HostArray exact(HostArray values) {
    return values.to(DType.FLOAT64);
  }

  void addTo(Catalogue<A> to) {
    for (Shape shape : List.of(Shape.of(3, 2, 4, 5), Shape.of(2, 1, 3, 7), Shape.of(4, 19, 5, 3))) {
      int channels = shape.dim(1);
      int[] dims = shape.dims();
      to.add(
          "channelMoments", Catalogue.FLOATS, "" + shape, p -> p.check(moments(), p.values(dims)));
      to.add(
          "channelProducts",
          Catalogue.FLOATS,
          "" + shape,
          p -> p.check(products(), p.values(dims), p.values(dims), exact(p.values(channels))));
      to.add(
          "channelCombination",
          Catalogue.FLOATS,
          "of one array, " + shape,
          p -> p.check(combination(), p.values(dims), exact(p.values(2, channels))));
      to.add(
          "channelCombination",
          Catalogue.FLOATS,
          "of two arrays, " + shape,
          p ->
              p.check(combination(), p.values(dims), p.values(dims), exact(p.values(3, channels))));
    }
    // 1 and 3 have the mean 2 and squared distances of 1 + 1; with gradients 5 and 7 and a mean of
    // 2, the products are 5 (1 - 2) + 7 (3 - 2).
    to.add(
        "channelMoments",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                moments(),
                exact(p.array(new double[] {2, 2}, 2, 1)),
                p.array(new double[] {1, 3}, 2, 1, 1, 1)));
    to.add(
        "channelProducts",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                products(),
                exact(p.array(new double[] {12, 2}, 2, 1)),
                p.array(new double[] {5, 7}, 2, 1, 1, 1),
                p.array(new double[] {1, 3}, 2, 1, 1, 1),
                exact(p.array(new double[] {2}, 1))));
    to.add(
        "channelCombination",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                combination(),
                p.array(new double[] {5 * 2 + 10 * 3 + 7, 6 * 2 + 20 * 3 + 7}, 1, 1, 1, 2),
                p.array(new double[] {5, 6}, 1, 1, 1, 2),
                p.array(new double[] {10, 20}, 1, 1, 1, 2),
                exact(p.array(new double[] {2, 3, 7}, 3, 1))));
  }
}
