package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.List;

/** Padding that goes on with the values at the edge, axis after axis, so that corners follow. */
final class EdgePadding {

  private EdgePadding() {}

  /** Mirrors the values about the outermost, which is not repeated. */
  static Tensor reflect(Tensor a, int[] before, int[] after) {
    String name = "padReflect";
    requireCounts(name, a, before, after);
    Tensor padded = a;
    for (int axis = 0; axis < before.length; axis++) {
      int behind = Math.max(a.shape().dim(axis) - 1, 0);
      if (before[axis] > behind || after[axis] > behind) {
        throw Op.error(name, "axis " + axis + " has only " + behind + " values to mirror", a);
      }
      Tensor inner = padded;
      padded =
          joined(
              axis,
              inner.narrow(axis, Math.min(1, behind), before[axis]).flip(axis),
              inner,
              inner.narrow(axis, behind - after[axis], after[axis]).flip(axis));
    }
    return Op.distinct(padded, a);
  }

  /** Repeats the outermost values. */
  static Tensor replicate(Tensor a, int[] before, int[] after) {
    String name = "padReplicate";
    requireCounts(name, a, before, after);
    Tensor padded = a;
    for (int axis = 0; axis < before.length; axis++) {
      int extent = a.shape().dim(axis);
      if (extent == 0 && (before[axis] > 0 || after[axis] > 0)) {
        throw Op.error(name, "axis " + axis + " is empty and has no edge to repeat", a);
      }
      padded =
          joined(
              axis,
              repeated(padded, axis, 0, before[axis]),
              padded,
              repeated(padded, axis, extent - 1, after[axis]));
    }
    return Op.distinct(padded, a);
  }

  /** One position along an axis, so many times. */
  private static Tensor repeated(Tensor a, int axis, int index, int times) {
    return times == 0
        ? a.narrow(axis, 0, 0)
        : a.narrow(axis, index, 1).broadcastTo(a.shape().with(axis, times));
  }

  private static Tensor joined(int axis, Tensor... parts) {
    List<Tensor> filled = new ArrayList<>();
    for (Tensor part : parts) {
      if (part.shape().dim(axis) > 0) {
        filled.add(part);
      }
    }
    return filled.size() > 1 ? Tensor.concat(filled, axis) : parts[1];
  }

  private static void requireCounts(String name, Tensor a, int[] before, int[] after) {
    if (before.length != a.shape().rank() || after.length != a.shape().rank()) {
      throw Op.error(name, "needs a count before and after for each axis", a);
    }
    long[] extents = new long[before.length];
    for (int axis = 0; axis < before.length; axis++) {
      if (before[axis] < 0 || after[axis] < 0) {
        throw Op.error(name, "negative count along axis " + axis + "; narrow instead", a);
      }
      extents[axis] = (long) before[axis] + a.shape().dim(axis) + after[axis];
    }
    Shape.result(name, extents); // refuses what is too large
  }
}
