package io.github.trimaran.tensor;

import java.util.Optional;

/** Logarithms of softmax and of sums of exponentials, in forms that do not overflow. */
final class Softmax {

  private Softmax() {}

  /** For the operation of that name, which errors tell. */
  static Tensor logSoftmax(String name, Tensor a, int axis) {
    Op.requireFloating(name, a);
    int along = a.shape().axis(name, axis);
    if (a.shape().dim(along) == 0) {
      throw Op.error(name, "axis " + along + " is empty", a);
    }
    Optional<Object> fused = a.backend().logSoftmax(a.array(), along);
    if (fused.isPresent()) {
      Rule rule = Rule.byResult((g, y) -> g.sub(y.exp().mul(Reduce.sum(g, true, along))));
      return Elementwise.same("logSoftmax", a, fused.get(), rule);
    }
    // Subtracting any constant leaves the result as it is; the maximum keeps exp from overflowing.
    Tensor shifted = a.sub(Reduce.max("max", a.detach(), true, along));
    return shifted.sub(Reduce.sum(shifted.exp(), true, along).log());
  }

  /** The logarithm of the sum of exponentials; minus infinity where there is nothing. */
  static Tensor logSumExp(Tensor a, boolean keepDims, int... axes) {
    Op.requireFloating("logSumExp", a);
    Reduce.axesOrAll("logSumExp", a, axes);
    Tensor x = a.detach();
    Tensor top = a.shape().isEmpty() ? Tensor.zerosLike(a).sum(axes) : x.max(axes);
    // An infinite maximum stays out, lest infinity be taken from infinity.
    Tensor shift = Tensor.where(top.isFinite(), top, Tensor.zerosLike(top));
    Tensor shifted = x.sub(Reduce.kept(shift, a, axes));
    Tensor value = shifted.exp().sum(axes).log().add(shift);
    Rule rule =
        Rule.byResult((g, y) -> Reduce.kept(g, a, axes).mul(a.sub(Reduce.kept(y, a, axes)).exp()));
    Tensor sum = Op.composed("logSumExp", value, rule, a);
    return keepDims ? Reduce.kept(sum, a, axes) : sum;
  }
}
