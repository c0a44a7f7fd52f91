package io.github.trimaran.backend.cpu.reduction;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.cpu.memory.Axis;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Reals;
import io.github.trimaran.backend.cpu.memory.Workers;

/** Operations whose addresses are data: the place of a maximum, gather and its adjoint. */
public final class Indexing {

  private final Memory memory;
  private final Workers workers;

  /** With these parts of the backend. */
  public Indexing(Memory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** The place of the maximum along an axis; the lowest of several. */
  public CpuArray argMax(CpuArray a, int axis) {
    CpuArray dense = memory.dense(a);
    Axis around = Axis.of(a.shape(), axis);
    CpuArray out = memory.allocate(DType.INT64, a.shape().without(axis));
    long[] result = (long[]) out.array();
    workers.ranges(
        around.outer(),
        around.outerPerTask(),
        (from, to) -> {
          for (int o = from; o < to; o++) {
            for (int i = 0; i < around.inner(); i++) {
              int first = o * around.extent() * around.inner() + i;
              result[o * around.inner() + i] =
                  dense.array() instanceof long[] longs
                      ? argMax(longs, first, around)
                      : argMax(dense.reals(), first, around);
            }
          }
        });
    memory.release(dense);
    return out;
  }

  private static int argMax(Reals values, int first, Axis around) {
    int best = 0;
    double max = values.get(first);
    for (int k = 1; k < around.extent() && !Double.isNaN(max); k++) {
      double value = values.get(first + k * around.inner());
      if (value > max || Double.isNaN(value)) {
        max = value;
        best = k;
      }
    }
    return best;
  }

  private static int argMax(long[] values, int first, Axis around) {
    int best = 0;
    for (int k = 1; k < around.extent(); k++) {
      if (values[first + k * around.inner()] > values[first + best * around.inner()]) {
        best = k;
      }
    }
    return best;
  }

  /** The slices of {@code a} along an axis that the indices name. */
  public CpuArray gather(CpuArray a, int axis, CpuArray indices) {
    CpuArray source = memory.dense(a);
    CpuArray where = memory.dense(indices);
    CpuArray out = memory.allocate(a.dtype(), indices.shape());
    try {
      Axis from = Axis.of(a.shape(), axis);
      Axis to = Axis.of(indices.shape(), axis);
      long[] index = (long[]) where.array();
      workers.ranges(
          to.outer(),
          to.outerPerTask(),
          (first, last) -> gather(source.array(), from, index, out.array(), to, first, last));
    } catch (IndexOutOfBoundsException e) {
      memory.release(out);
      throw e;
    } finally {
      memory.release(where);
      memory.release(source);
    }
    return out;
  }

  private static void gather(
      Object source, Axis from, long[] index, Object target, Axis to, int first, int last) {
    for (int o = first; o < last; o++) {
      for (int k = 0; k < to.extent(); k++) {
        int row = (o * to.extent() + k) * to.inner();
        for (int i = row; i < row + to.inner(); i++) {
          int at = (o * from.extent() + checked(index[i], from.extent())) * from.inner() + i - row;
          move(source, at, target, i);
        }
      }
    }
  }

  private static void move(Object source, int from, Object target, int to) {
    if (source instanceof float[] floats) {
      ((float[]) target)[to] = floats[from];
    } else if (source instanceof double[] doubles) {
      ((double[]) target)[to] = doubles[from];
    } else if (source instanceof long[] longs) {
      ((long[]) target)[to] = longs[from];
    } else {
      ((boolean[]) target)[to] = ((boolean[]) source)[from];
    }
  }

  /** Adds each slice of {@code values} to the slice of the result that its index names. */
  public CpuArray scatterAdd(CpuArray values, int axis, CpuArray indices, int size) {
    CpuArray source = memory.dense(values);
    CpuArray where = memory.dense(indices);
    CpuArray out = memory.zeros(values.dtype(), values.shape().with(axis, size));
    try {
      Axis from = Axis.of(values.shape(), axis);
      Axis to = Axis.of(out.shape(), axis);
      long[] index = (long[]) where.array();
      // Only different outer indices never meet at one element.
      workers.ranges(
          from.outer(),
          from.outerPerTask(),
          (first, last) -> scatterAdd(source.array(), from, index, out.array(), to, first, last));
    } catch (IndexOutOfBoundsException e) {
      memory.release(out);
      throw e;
    } finally {
      memory.release(where);
      memory.release(source);
    }
    return out;
  }

  private static void scatterAdd(
      Object source, Axis from, long[] index, Object target, Axis to, int first, int last) {
    for (int o = first; o < last; o++) {
      for (int k = 0; k < from.extent(); k++) {
        int row = (o * from.extent() + k) * from.inner();
        for (int i = row; i < row + from.inner(); i++) {
          int at = (o * to.extent() + checked(index[i], to.extent())) * to.inner() + i - row;
          add(source, i, target, at);
        }
      }
    }
  }

  private static void add(Object source, int from, Object target, int to) {
    if (source instanceof float[] floats) {
      ((float[]) target)[to] += floats[from];
    } else if (source instanceof double[] doubles) {
      ((double[]) target)[to] += doubles[from];
    } else {
      ((long[]) target)[to] += ((long[]) source)[from];
    }
  }

  private static int checked(long index, int extent) {
    if (index < 0 || index >= extent) {
      throw new IndexOutOfBoundsException(
          "index " + index + " is out of range for an axis of extent " + extent);
    }
    return (int) index;
  }
}
