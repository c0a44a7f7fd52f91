package io.github.trimaran.tensor;

import java.util.List;

/** Running sums. */
final class Scan {

  private Scan() {}

  static Tensor cumSum(Tensor a, int axis) {
    Op.requireNumeric("cumSum", a);
    int along = a.shape().axis("cumSum", axis);
    // The gradient of each element is the sum of those of all results from its own on.
    Rule rule = Rule.each(g -> cumSum(g.flip(along), along).flip(along));
    return a.backend()
        .cumSum(a.array(), along)
        .map(array -> Elementwise.same("cumSum", a, array, rule))
        .orElseGet(() -> Op.composed("cumSum", doubling(a.detach(), along), rule, a));
  }

  /** After each step, an element is the sum of twice as many (Hillis and Steele 1986). */
  private static Tensor doubling(Tensor a, int axis) {
    int extent = a.shape().dim(axis);
    Tensor sum = a;
    for (int shift = 1; shift > 0 && shift < extent; shift *= 2) {
      int rest = extent - shift;
      Tensor added = sum.narrow(axis, shift, rest).add(sum.narrow(axis, 0, rest));
      sum = Tensor.concat(List.of(sum.narrow(axis, 0, shift), added), axis);
    }
    return sum;
  }
}
