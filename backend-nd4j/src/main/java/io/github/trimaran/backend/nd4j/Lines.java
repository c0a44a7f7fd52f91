package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.SortedOrder;

/** What elements along an axis have to do with each other: their order, their running sums. */
final class Lines {

  private final Allocator allocator;
  private final Workers workers;

  Lines(Allocator allocator, Workers workers) {
    this.allocator = allocator;
    this.workers = workers;
  }

  Nd4jArray argSort(Nd4jArray a, int axis) {
    Split around = Split.of(a.shape(), axis);
    return allocator.create(
        a.shape(),
        DType.INT64,
        out ->
            workers.ranges(
                around.outer() * around.inner(),
                Math.max(1, Scratch.LENGTH / Math.max(1, around.count())),
                (start, end) -> {
                  for (int line = start; line < end; line++) {
                    argSort(a, out, line, around);
                  }
                }));
  }

  private static void argSort(Nd4jArray a, Nd4jArray out, int line, Split around) {
    int inner = around.inner();
    int first = line / inner * around.count() * inner + line % inner;
    long[] keys = new long[around.count()];
    for (int k = 0; k < keys.length; k++) {
      int at = first + k * inner;
      keys[k] =
          switch (a.dtype()) {
            case FLOAT32 -> SortedOrder.key(a.floats().get(at));
            case FLOAT64 -> SortedOrder.key(a.doubles().get(at));
            case INT64 -> a.longs().get(at);
            case BOOL -> a.bytes().get(at);
          };
    }
    int[] order = SortedOrder.of(keys);
    for (int k = 0; k < order.length; k++) {
      out.longs().put(first + k * inner, order[k]);
    }
  }

  /** Floats are added in double precision. */
  Nd4jArray cumSum(Nd4jArray a, int axis) {
    Split around = Split.of(a.shape(), axis);
    return allocator.create(
        a.shape(),
        a.dtype(),
        out ->
            workers.ranges(
                around.outer(),
                Math.max(1, Scratch.GRAIN / Math.max(1, around.count() * around.inner())),
                (start, end) -> {
                  for (int row = start; row < end; row++) {
                    cumSum(a, out, row * around.count() * around.inner(), around);
                  }
                }));
  }

  private static void cumSum(Nd4jArray a, Nd4jArray out, int start, Split around) {
    int end = start + around.count() * around.inner();
    if (a.dtype() == DType.INT64) {
      long[] totals = new long[around.inner()];
      for (int row = start; row < end; row += totals.length) {
        for (int i = 0; i < totals.length; i++) {
          totals[i] += a.longs().get(row + i);
          out.longs().put(row + i, totals[i]);
        }
      }
      return;
    }
    boolean single = a.dtype() == DType.FLOAT32;
    double[] totals = new double[around.inner()];
    for (int row = start; row < end; row += totals.length) {
      for (int i = 0; i < totals.length; i++) {
        totals[i] += single ? a.floats().get(row + i) : a.doubles().get(row + i);
        if (single) {
          out.floats().put(row + i, (float) totals[i]);
        } else {
          out.doubles().put(row + i, totals[i]);
        }
      }
    }
  }
}
