package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Reductions over axes and their opposite, broadcasting. */
final class Reduce {

  private Reduce() {}

  static Tensor sum(Tensor a, boolean keepDims, int... axes) {
    Op.requireNumeric("sum", a);
    int[] over = axesOrAll("sum", a, axes);
    Shape ones = a.shape().withOnes(over);
    Shape shape = a.shape().without(over);
    Object array = a.backend().sum(a.array(), over);
    Rule rule = Rule.each(g -> g.reshape(ones).broadcastTo(a.shape()));
    Tensor sum = Op.record("sum", array, shape, a.dtype(), rule, a);
    return keepDims ? sum.reshape(ones) : sum;
  }

  /** Equal maxima share the gradient evenly, as in PyTorch's amax. */
  static Tensor max(String name, Tensor a, boolean keepDims, int... axes) {
    Op.requireNumeric(name, a);
    int[] over = axesOrAll(name, a, axes);
    requireElements(name, "maximum", a, over);
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

  static Tensor min(String name, Tensor a, boolean keepDims, int... axes) {
    Op.requireNumeric(name, a);
    requireElements(name, "minimum", a, axesOrAll(name, a, axes));
    return mirrored(max(name, mirrored(a), keepDims, axes));
  }

  /** Numbers in reverse order: -a, and for integers -1 - a, of which all have one. */
  private static Tensor mirrored(Tensor a) {
    return a.dtype().isFloating() ? a.neg() : Tensor.scalar(a.backend(), -1, a.dtype()).sub(a);
  }

  static Tensor argMax(Tensor a, int axis) {
    Op.requireNumeric("argMax", a);
    int along = a.shape().axis("argMax", axis);
    requireElements("argMax", "maximum", a, along);
    return Op.constant(
        a.backend(), a.backend().argMax(a.array(), along), a.shape().without(along), DType.INT64);
  }

  static Tensor argMin(Tensor a, int axis) {
    Op.requireNumeric("argMin", a);
    requireElements("argMin", "minimum", a, a.shape().axis("argMin", axis));
    return argMax(mirrored(a), axis);
  }

  private static void requireElements(String name, String wanted, Tensor a, int... axes) {
    for (int axis : axes) {
      if (a.shape().dim(axis) == 0) {
        throw Op.error(name, "axis " + axis + " is empty and has no " + wanted, a);
      }
    }
  }

  /** Multiplies one half of an axis with the other until one element is left. */
  static Tensor prod(Tensor a, boolean keepDims, int... axes) {
    Op.requireNumeric("prod", a);
    int[] over = axesOrAll("prod", a, axes);
    Tensor product = a;
    for (int axis : over) {
      product = prodAlong(product, axis);
    }
    return product.reshape(keepDims ? a.shape().withOnes(over) : a.shape().without(over));
  }

  private static Tensor prodAlong(Tensor a, int axis) {
    if (a.shape().dim(axis) == 0) {
      return Tensor.ones(a.backend(), a.shape().with(axis, 1), a.dtype());
    }
    Tensor rest = a;
    while (rest.shape().dim(axis) > 1) {
      int half = rest.shape().dim(axis) / 2;
      Tensor odd = rest.narrow(axis, 2 * half, rest.shape().dim(axis) % 2);
      Tensor pairs = rest.narrow(axis, 0, half).mul(rest.narrow(axis, half, half));
      rest = odd.shape().isEmpty() ? pairs : Tensor.concat(List.of(pairs, odd), axis);
    }
    return rest;
  }

  /** Of truth values, or of whether numbers are not 0; false where there is nothing. */
  static Tensor any(Tensor a, boolean keepDims, int... axes) {
    axesOrAll("any", a, axes);
    Tensor count = sum(a.to(DType.BOOL).to(DType.FLOAT32), keepDims, axes);
    return count.to(DType.BOOL);
  }

  static Tensor all(Tensor a, boolean keepDims, int... axes) {
    axesOrAll("all", a, axes);
    return any(a.to(DType.BOOL).logicalNot(), keepDims, axes).logicalNot();
  }

  /** A reduction's result with the axes that it went over, which stay with extent 1. */
  static Tensor kept(Tensor result, Tensor a, int... axes) {
    return result.reshape(a.shape().withOnes(axesOrAll("reduction", a, axes)));
  }

  static Tensor broadcastTo(Tensor a, Shape shape) {
    if (a.shape().equals(shape)) {
      return Op.alias(a);
    }
    if (!a.shape().broadcastsTo(shape)) {
      throw Op.error("broadcastTo", "does not broadcast to " + shape, a);
    }
    // The gradient of the stretched axes is summed where all gradients are accumulated.
    return Op.view(
        "broadcastTo", a.backend().broadcastTo(a.array(), shape), shape, Rule.each(g -> g), a);
  }

  /** The reverse of broadcasting: sums what was stretched, so that the result has {@code shape}. */
  static Tensor sumTo(Tensor a, Shape shape) {
    if (a.shape().equals(shape)) {
      return Op.alias(a);
    }
    int lead = a.shape().rank() - shape.rank();
    int[] axes =
        IntStream.range(0, a.shape().rank())
            .filter(i -> i < lead || (shape.dim(i - lead) == 1 && a.shape().dim(i) != 1))
            .toArray();
    Tensor summed = axes.length == 0 ? a : sum(a, false, axes);
    return summed.reshape(shape);
  }

  /** The axes as ascending numbers from 0, all for none given. */
  static int[] axesOrAll(String name, Tensor a, int... axes) {
    if (axes.length > 0) {
      return a.shape().axes(name, axes);
    }
    return IntStream.range(0, a.shape().rank()).toArray();
  }
}
