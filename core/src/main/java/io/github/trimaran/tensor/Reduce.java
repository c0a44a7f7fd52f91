package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;

/** Reductions over axes and their opposite, broadcasting. */
final class Reduce {

  private Reduce() {}

  static Tensor sum(Tensor a, boolean keepDims, int... axes) {
    Op.requireNumeric("sum", a);
    return sumOver(a, keepDims, axesOrAll("sum", a, axes));
  }

  private static Tensor sumOver(Tensor a, boolean keepDims, int... over) {
    Shape ones = a.shape().withOnes(over);
    Shape shape = a.shape().without(over);
    Object array = a.backend().sum(a.array(), over);
    Rule rule = Rule.each(g -> g.reshape(ones).broadcastTo(a.shape()));
    Tensor sum = Op.record("sum", array, shape, a.dtype(), rule, a);
    return keepDims ? sum.reshape(ones) : sum;
  }

  static Tensor mean(String name, Tensor a, boolean keepDims, int... axes) {
    Op.requireFloating(name, a);
    return meanOver(a, keepDims, axesOrAll(name, a, axes));
  }

  private static Tensor meanOver(Tensor a, boolean keepDims, int... over) {
    double count = 1;
    for (int axis : over) {
      count *= a.shape().dim(axis);
    }
    return sumOver(a, keepDims, over).div(count);
  }

  /** The mean of the squared distances from the mean. */
  static Tensor variance(String name, Tensor a, int... axes) {
    Op.requireFloating(name, a);
    int[] over = axesOrAll(name, a, axes);
    Tensor distance = a.sub(closeMean(a, over));
    return meanOver(distance.mul(distance), false, over);
  }

  /**
   * The mean, its rounding made good: what elements lie from it is small, so that their mean is far
   * more exact. The mean of equal numbers is that number, and their variance 0.
   */
  static Tensor closeMean(Tensor a, int... over) {
    Tensor mean = meanOver(a, true, over);
    Tensor error = meanOver(a.detach().sub(mean.detach()), true, over);
    return mean.add(error);
  }

  /** Equal maxima share the gradient evenly, as in PyTorch's amax. */
  static Tensor max(Tensor a, boolean keepDims, int... axes) {
    Op.requireNumeric("max", a);
    int[] over = axesOrAll("max", a, axes);
    for (int axis : over) {
      if (a.shape().dim(axis) == 0) {
        throw Op.error("max", "axis " + axis + " is empty and has no maximum", a);
      }
    }
    Shape ones = a.shape().withOnes(over);
    Rule rule =
        Rule.byResult(
            (g, y) -> {
              Tensor mask = a.eq(y.detach().reshape(ones)).to(a.dtype());
              return g.reshape(ones).mul(mask).div(sum(mask, true, over));
            });
    Object array = a.backend().max(a.array(), over);
    Tensor max = Op.record("max", array, a.shape().without(over), a.dtype(), rule, a);
    return keepDims ? max.reshape(ones) : max;
  }

  static Tensor argMax(Tensor a, int axis) {
    Op.requireNumeric("argMax", a);
    int along = a.shape().axis("argMax", axis);
    if (a.shape().dim(along) == 0) {
      throw Op.error("argMax", "axis " + along + " is empty and has no maximum", a);
    }
    return Op.constant(
        a.backend(), a.backend().argMax(a.array(), along), a.shape().without(along), DType.INT64);
  }

  static Tensor broadcastTo(Tensor a, Shape shape) {
    if (a.shape().equals(shape)) {
      return a;
    }
    if (!a.shape().broadcastsTo(shape)) {
      throw Op.error("broadcastTo", "does not broadcast to " + shape, a);
    }
    // The gradient of the stretched axes is summed where all gradients are accumulated.
    return Op.record(
        "broadcastTo",
        a.backend().broadcastTo(a.array(), shape),
        shape,
        a.dtype(),
        Rule.each(g -> g),
        a);
  }

  /** The reverse of broadcasting: sums what was stretched, so that the result has {@code shape}. */
  static Tensor sumTo(Tensor a, Shape shape) {
    if (a.shape().equals(shape)) {
      return a;
    }
    int lead = a.shape().rank() - shape.rank();
    int[] axes =
        java.util.stream.IntStream.range(0, a.shape().rank())
            .filter(i -> i < lead || (shape.dim(i - lead) == 1 && a.shape().dim(i) != 1))
            .toArray();
    Tensor summed = axes.length == 0 ? a : sum(a, false, axes);
    return summed.reshape(shape);
  }

  private static int[] axesOrAll(String name, Tensor a, int... axes) {
    if (axes.length > 0) {
      return a.shape().axes(name, axes);
    }
    return java.util.stream.IntStream.range(0, a.shape().rank()).toArray();
  }
}
