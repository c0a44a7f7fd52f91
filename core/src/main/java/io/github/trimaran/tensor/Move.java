package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operations that move elements and leave their values alone. */
final class Move {

  private Move() {}

  static Tensor reshape(Tensor a, Shape shape) {
    if (a.shape().equals(shape)) {
      return Op.alias(a);
    }
    if (a.shape().size() != shape.size()) {
      throw Op.error(
          "reshape",
          a.shape().size() + " elements do not fill " + shape + " of " + shape.size(),
          a);
    }
    return Op.view(
        "reshape",
        a.backend().reshape(a.array(), shape),
        shape,
        Rule.each(g -> g.reshape(a.shape())),
        a);
  }

  /** One extent may be -1: what the others leave. */
  static Tensor reshape(Tensor a, int... extents) {
    long[] known = IntStream.of(extents).asLongStream().toArray();
    int open = -1;
    for (int i = 0; i < known.length; i++) {
      if (known[i] == -1) {
        if (open >= 0) {
          throw Op.error("reshape", "more than one -1 in " + Arrays.toString(extents), a);
        }
        open = i;
        known[i] = 1;
      }
    }
    Shape shape = Shape.result("reshape", known);
    if (open < 0) {
      return reshape(a, shape);
    }
    if (shape.isEmpty() || a.shape().size() % shape.size() != 0) {
      throw Op.error(
          "reshape", a.shape().size() + " elements do not fill " + Arrays.toString(extents), a);
    }
    return reshape(a, shape.with(open, a.shape().size() / shape.size()));
  }

  static Tensor permute(Tensor a, int... axes) {
    int[] order = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      order[i] = a.shape().axis("permute", axes[i]);
    }
    if (axes.length != a.shape().rank() || a.shape().axes("permute", axes).length != axes.length) {
      throw Op.error("permute", "needs each axis once, got " + Arrays.toString(axes), a);
    }
    int[] inverse = new int[order.length];
    int[] extents = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
      extents[i] = a.shape().dim(order[i]);
    }
    return Op.view(
        "permute",
        a.backend().permute(a.array(), order),
        Shape.of(extents),
        Rule.each(g -> g.permute(inverse)),
        a);
  }

  static Tensor flip(Tensor a, int... axes) {
    int[] along = a.shape().axes("flip", axes);
    return Op.view(
        "flip", a.backend().flip(a.array(), along), a.shape(), Rule.each(g -> g.flip(along)), a);
  }

  /** Negative starts and stops count from the end. */
  static Tensor slice(Tensor a, int[] from, int[] to, int[] step) {
    int rank = a.shape().rank();
    if (from.length != rank || to.length != rank || step.length != rank) {
      throw Op.error("slice", "needs a start, stop and step for each axis", a);
    }
    int[] start = new int[rank];
    int[] stop = new int[rank];
    int[] extents = new int[rank];
    int[] after = new int[rank];
    int[] interior = new int[rank];
    for (int i = 0; i < rank; i++) {
      int extent = a.shape().dim(i);
      start[i] = from[i] < 0 ? from[i] + extent : from[i];
      stop[i] = to[i] < 0 ? to[i] + extent : to[i];
      if (start[i] < 0 || stop[i] < start[i] || stop[i] > extent || step[i] < 1) {
        throw Op.error(
            "slice",
            "start "
                + from[i]
                + ", stop "
                + to[i]
                + ", step "
                + step[i]
                + " does not lie in axis "
                + i
                + " of "
                + extent,
            a);
      }
      extents[i] = Shape.stepsBelow(start[i], stop[i], step[i]);
      interior[i] = step[i] - 1;
      int covered = extents[i] == 0 ? 0 : (extents[i] - 1) * step[i] + 1;
      after[i] = extent - start[i] - covered;
    }
    return Op.view(
        "slice",
        a.backend().slice(a.array(), start, stop, step),
        Shape.of(extents),
        Rule.each(g -> g.pad(start, after, interior, 0)),
        a);
  }

  static Tensor pad(Tensor a, int[] before, int[] after, int[] interior, double value) {
    int rank = a.shape().rank();
    if (before.length != rank || after.length != rank || interior.length != rank) {
      throw Op.error("pad", "needs a count before, after and between for each axis", a);
    }
    Op.requireHolds("pad", a.dtype(), value);
    long[] extents = new long[rank];
    int[] stop = new int[rank];
    int[] step = new int[rank];
    for (int i = 0; i < rank; i++) {
      if (before[i] < 0 || after[i] < 0 || interior[i] < 0) {
        throw Op.error("pad", "negative count along axis " + i + "; slice instead", a);
      }
      int extent = a.shape().dim(i);
      long inner = extent + Math.max(extent - 1L, 0) * interior[i];
      extents[i] = before[i] + inner + after[i];
      stop[i] = (int) (before[i] + inner);
      step[i] = extent > 1 ? interior[i] + 1 : 1;
    }
    Shape shape = Shape.result("pad", extents);
    return Op.record(
        "pad",
        a.backend().pad(a.array(), before, after, interior, value),
        shape,
        a.dtype(),
        Rule.each(g -> g.slice(before, stop, step)),
        a);
  }

  /** For the operation of that name, which errors tell. */
  static Tensor concat(String name, List<Tensor> tensors, int axis) {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException(name + ": needs at least one tensor");
    }
    Tensor first = tensors.get(0);
    int along = first.shape().axis(name, axis);
    Backend<Object> backend = first.backend();
    List<Object> arrays = new ArrayList<>();
    int[] from = new int[tensors.size()];
    long extent = 0;
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      Op.commonDType(name, first, tensor);
      if (tensor.shape().rank() != first.shape().rank()
          || !tensor.shape().with(along, 0).equals(first.shape().with(along, 0))) {
        throw Op.error(name, "shapes differ beyond axis " + along, first, tensor);
      }
      from[i] = (int) extent;
      extent += tensor.shape().dim(along);
      arrays.add(tensor.array());
    }
    Shape shape = first.shape().with(name, along, extent);
    Rule rule =
        (g, y, wanted) -> {
          Tensor[] parts = new Tensor[wanted.length];
          for (int i = 0; i < parts.length; i++) {
            int length = tensors.get(i).shape().dim(along);
            parts[i] = wanted[i] ? g.narrow(along, from[i], length) : null;
          }
          return parts;
        };
    return Op.record(
        name,
        backend.concat(arrays, along),
        shape,
        first.dtype(),
        rule,
        tensors.toArray(new Tensor[0]));
  }
}
