package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Shape;

/** Gather and its adjoint along one axis. Duplicates accumulate in row-major order. */
final class Indexing {

  private final Allocator allocator;
  private final Workers workers;

  Indexing(Allocator allocator, Workers workers) {
    this.allocator = allocator;
    this.workers = workers;
  }

  Nd4jArray gather(Nd4jArray a, int axis, Nd4jArray indices) {
    Split from = Split.of(a.shape(), axis);
    Split to = Split.of(indices.shape(), axis);
    return allocator.create(
        indices.shape(),
        a.dtype(),
        out ->
            workers.ranges(
                to.outer(),
                grain(to),
                (start, end) -> {
                  for (int row = start; row < end; row++) {
                    gatherRow(a, indices, out, row, from.count(), to);
                  }
                }));
  }

  private static void gatherRow(
      Nd4jArray a, Nd4jArray indices, Nd4jArray out, int row, int extent, Split to) {
    int at = row * to.count() * to.inner();
    int base = row * extent * to.inner();
    for (int k = 0; k < to.count(); k++) {
      for (int i = 0; i < to.inner(); i++, at++) {
        int from = base + index("gather", indices, at, extent) * to.inner() + i;
        switch (a.dtype()) {
          case BOOL -> out.bytes().put(at, a.bytes().get(from));
          case FLOAT32 -> out.ints().put(at, a.ints().get(from));
          case FLOAT64, INT64 -> out.longs().put(at, a.longs().get(from));
        }
      }
    }
  }

  Nd4jArray scatterAdd(Nd4jArray values, int axis, Nd4jArray indices, int size) {
    Split from = Split.of(values.shape(), axis);
    Shape shape = values.shape().with(axis, size);
    if (shape.isEmpty() && values.size() > 0) {
      index("scatterAdd", indices, 0, size);
    }
    return allocator.zeros(
        shape,
        values.dtype(),
        out ->
            workers.ranges(
                from.outer(),
                grain(from),
                (start, end) -> {
                  for (int row = start; row < end; row++) {
                    scatterRow(values, indices, out, row, size, from);
                  }
                }));
  }

  private static void scatterRow(
      Nd4jArray values, Nd4jArray indices, Nd4jArray out, int row, int extent, Split from) {
    int at = row * from.count() * from.inner();
    int base = row * extent * from.inner();
    for (int k = 0; k < from.count(); k++) {
      for (int i = 0; i < from.inner(); i++, at++) {
        int to = base + index("scatterAdd", indices, at, extent) * from.inner() + i;
        switch (values.dtype()) {
          case FLOAT32 -> out.floats().put(to, out.floats().get(to) + values.floats().get(at));
          case FLOAT64 -> out.doubles().put(to, out.doubles().get(to) + values.doubles().get(at));
          case INT64 -> out.longs().put(to, out.longs().get(to) + values.longs().get(at));
          case BOOL -> throw new IllegalArgumentException("nd4j: no arithmetic on bool");
        }
      }
    }
  }

  private static int grain(Split split) {
    return Math.max(1, Scratch.GRAIN / 8 / Math.max(1, split.count() * split.inner()));
  }

  /** The index at that place, checked. */
  static int index(String operation, Nd4jArray indices, int at, int extent) {
    long index = indices.longs().get(at);
    if (index < 0 || index >= extent) {
      throw new IndexOutOfBoundsException(
          operation + ": index " + index + " is out of range for an extent of " + extent);
    }
    return (int) index;
  }
}
