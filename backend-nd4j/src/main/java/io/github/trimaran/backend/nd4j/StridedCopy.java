package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;

/**
 * Copies a rectangle of elements from one set of strides to another: what permute, flip, slice,
 * pad, concat and broadcast all are. Strides count elements; they may be 0 or negative in the
 * source.
 */
final class StridedCopy {

  private final Nd4jArray source;
  private final Nd4jArray target;
  private int rank;
  private final int[] extents;
  private final int[] from;
  private final int[] to;

  private StridedCopy(Nd4jArray source, Nd4jArray target, int[] extents, int[] from, int[] to) {
    this.source = source;
    this.target = target;
    this.extents = new int[extents.length + 1];
    this.from = new int[extents.length + 1];
    this.to = new int[extents.length + 1];
    for (int axis = 0; axis < extents.length; axis++) {
      append(extents[axis], from[axis], to[axis]);
    }
    if (rank == 0) {
      this.extents[0] = 1;
      rank = 1;
    }
  }

  /**
   * Copies.
   *
   * @param extents of the rectangle, none of them 0
   * @param sourceStart position of its first element in {@code source}, likewise {@code
   *     targetStart}
   * @param from the strides in {@code source}, {@code to} those in {@code target}
   */
  static void copy(
      Workers workers,
      int[] extents,
      Nd4jArray source,
      int sourceStart,
      int[] from,
      Nd4jArray target,
      int targetStart,
      int[] to) {
    StridedCopy copy = new StridedCopy(source, target, extents, from, to);
    int row = copy.extents[copy.rank - 1];
    int rows = 1;
    for (int axis = 0; axis < copy.rank - 1; axis++) {
      rows *= copy.extents[axis];
    }
    workers.ranges(
        rows,
        Math.max(1, Scratch.GRAIN / row),
        (start, end) -> copy.rows(start, end, sourceStart, targetStart));
  }

  /** Adds an axis, merged with the one before where both run on in memory. */
  private void append(int extent, int fromStride, int toStride) {
    if (extent == 1) {
      return;
    }
    int last = rank - 1;
    if (rank > 0 && from[last] == extent * fromStride && to[last] == extent * toStride) {
      extents[last] *= extent;
    } else {
      last = rank++;
      extents[last] = extent;
    }
    from[last] = fromStride;
    to[last] = toStride;
  }

  private void rows(int start, int end, int sourceStart, int targetStart) {
    int inner = rank - 1;
    int[] at = new int[inner];
    int sourceAt = sourceStart;
    int targetAt = targetStart;
    int rest = start;
    for (int axis = inner - 1; axis >= 0; axis--) {
      at[axis] = rest % extents[axis];
      rest /= extents[axis];
      sourceAt += at[axis] * from[axis];
      targetAt += at[axis] * to[axis];
    }
    for (int row = start; row < end; row++) {
      row(sourceAt, targetAt);
      for (int axis = inner - 1; axis >= 0; axis--) {
        sourceAt += from[axis];
        targetAt += to[axis];
        if (++at[axis] < extents[axis]) {
          break;
        }
        at[axis] = 0;
        sourceAt -= extents[axis] * from[axis];
        targetAt -= extents[axis] * to[axis];
      }
    }
  }

  private void row(int sourceAt, int targetAt) {
    int count = extents[rank - 1];
    int fromStride = from[rank - 1];
    int toStride = to[rank - 1];
    if (fromStride == 1 && toStride == 1) {
      dense(sourceAt, targetAt, count);
    } else if (source.dtype() == DType.BOOL) {
      for (int i = 0; i < count; i++) {
        target.bytes().put(targetAt + i * toStride, source.bytes().get(sourceAt + i * fromStride));
      }
    } else if (source.dtype() == DType.FLOAT32) {
      var in = source.ints();
      var out = target.ints();
      for (int i = 0; i < count; i++) {
        out.put(targetAt + i * toStride, in.get(sourceAt + i * fromStride));
      }
    } else {
      var in = source.longs();
      var out = target.longs();
      for (int i = 0; i < count; i++) {
        out.put(targetAt + i * toStride, in.get(sourceAt + i * fromStride));
      }
    }
  }

  private void dense(int sourceAt, int targetAt, int count) {
    switch (source.dtype()) {
      case BOOL -> target.bytes().put(targetAt, source.bytes(), sourceAt, count);
      case FLOAT32 -> target.ints().put(targetAt, source.ints(), sourceAt, count);
      case FLOAT64, INT64 -> target.longs().put(targetAt, source.longs(), sourceAt, count);
    }
  }
}
