package io.github.trimaran.backend.cpu.reduction;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.SortedOrder;
import io.github.trimaran.backend.cpu.memory.Axis;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Reals;
import io.github.trimaran.backend.cpu.memory.Workers;
import java.util.Arrays;

/** What elements along an axis have to do with each other: their order, their running sums. */
public final class Lines {

  /** Elements to sort that make a task worth handing out. */
  private static final int SORTED_PER_TASK = 1024;

  private final Memory memory;
  private final Workers workers;

  /** With these parts of the backend. */
  public Lines(Memory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** The places of the elements along an axis, in ascending order of the elements. */
  public CpuArray argSort(CpuArray a, int axis) {
    CpuArray dense = memory.dense(a);
    Axis around = Axis.of(a.shape(), axis);
    CpuArray out = memory.allocate(DType.INT64, a.shape());
    long[] places = (long[]) out.array();
    workers.ranges(
        around.outer() * around.inner(),
        Math.max(1, SORTED_PER_TASK / Math.max(1, around.extent())),
        (from, to) -> {
          long[] keys = new long[around.extent()];
          for (int line = from; line < to; line++) {
            int first =
                line / around.inner() * around.extent() * around.inner() + line % around.inner();
            readKeys(dense, first, around.inner(), keys);
            int[] order = SortedOrder.of(keys);
            for (int k = 0; k < order.length; k++) {
              places[first + k * around.inner()] = order[k];
            }
          }
        });
    memory.release(dense);
    return out;
  }

  private static void readKeys(CpuArray dense, int first, int step, long[] keys) {
    if (dense.array() instanceof long[] longs) {
      for (int k = 0; k < keys.length; k++) {
        keys[k] = longs[first + k * step];
      }
      return;
    }
    Reals reals = dense.reals();
    for (int k = 0; k < keys.length; k++) {
      keys[k] = SortedOrder.key(reals.get(first + k * step));
    }
  }

  /** Floats are added in double precision. */
  public CpuArray cumSum(CpuArray a, int axis) {
    CpuArray dense = memory.dense(a);
    Axis around = Axis.of(a.shape(), axis);
    CpuArray out = memory.allocate(a.dtype(), a.shape());
    workers.ranges(
        around.outer(),
        around.outerPerTask(),
        (from, to) -> {
          int first = from * around.extent() * around.inner();
          int last = to * around.extent() * around.inner();
          if (dense.array() instanceof long[] longs) {
            cumSum(longs, (long[]) out.array(), first, last, around);
          } else {
            cumSum(dense.reals(), out.reals(), first, last, around);
          }
        });
    memory.release(dense);
    return out;
  }

  private static void cumSum(Reals values, Reals sums, int first, int last, Axis around) {
    double[] totals = new double[around.inner()];
    int line = around.extent() * around.inner();
    for (int start = first; start < last; start += line) {
      Arrays.fill(totals, 0);
      for (int row = start; row < start + line; row += totals.length) {
        for (int i = 0; i < totals.length; i++) {
          totals[i] += values.get(row + i);
          sums.set(row + i, totals[i]);
        }
      }
    }
  }

  private static void cumSum(long[] values, long[] sums, int first, int last, Axis around) {
    long[] totals = new long[around.inner()];
    int line = around.extent() * around.inner();
    for (int start = first; start < last; start += line) {
      Arrays.fill(totals, 0);
      for (int row = start; row < start + line; row += totals.length) {
        for (int i = 0; i < totals.length; i++) {
          totals[i] += values[row + i];
          sums[row + i] = totals[i];
        }
      }
    }
  }
}
