package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.List;

/** Operations that only move elements. Every result is a new dense array. */
final class Moves {

  private final Allocator allocator;
  private final Workers workers;

  Moves(Allocator allocator, Workers workers) {
    this.allocator = allocator;
    this.workers = workers;
  }

  Nd4jArray copy(Nd4jArray a) {
    return allocator.create(a.shape(), a.dtype(), out -> assign(out, a));
  }

  void assign(Nd4jArray target, Nd4jArray value) {
    if (value.size() > 0) {
      int[] dense = {1};
      StridedCopy.copy(workers, new int[] {value.size()}, value, 0, dense, target, 0, dense);
    }
  }

  Nd4jArray full(Shape shape, DType dtype, double value) {
    return allocator.create(shape, dtype, out -> fill(out, value));
  }

  private void fill(Nd4jArray out, double value) {
    if (value == 0 && Double.doubleToRawLongBits(value) == 0) {
      Allocator.clear(out);
      return;
    }
    workers.ranges(
        out.size(),
        Scratch.GRAIN,
        (start, end) -> {
          double[] piece = Scratch.get().doubles(0);
          java.util.Arrays.fill(piece, value);
          for (int at = start; at < end; at += Scratch.LENGTH) {
            Values.write(piece, out, at, Math.min(Scratch.LENGTH, end - at));
          }
        });
  }

  Nd4jArray broadcastTo(Nd4jArray a, Shape shape) {
    int lead = shape.rank() - a.shape().rank();
    int[] strides = a.shape().strides();
    int[] from = new int[shape.rank()];
    for (int axis = lead; axis < shape.rank(); axis++) {
      from[axis] = a.shape().dim(axis - lead) == 1 ? 0 : strides[axis - lead];
    }
    return gatherStrided(a, shape, 0, from);
  }

  Nd4jArray permute(Nd4jArray a, int... axes) {
    int[] strides = a.shape().strides();
    int[] extents = new int[axes.length];
    int[] from = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      extents[i] = a.shape().dim(axes[i]);
      from[i] = strides[axes[i]];
    }
    return gatherStrided(a, Shape.of(extents), 0, from);
  }

  Nd4jArray flip(Nd4jArray a, int... axes) {
    int[] from = a.shape().strides();
    int start = 0;
    for (int axis : axes) {
      start += (a.shape().dim(axis) - 1) * from[axis];
      from[axis] = -from[axis];
    }
    return gatherStrided(a, a.shape(), start, from);
  }

  Nd4jArray slice(Nd4jArray a, int[] start, int[] stop, int[] step) {
    int[] from = a.shape().strides();
    int[] extents = new int[from.length];
    int first = 0;
    for (int axis = 0; axis < from.length; axis++) {
      extents[axis] = Shape.stepsBelow(start[axis], stop[axis], step[axis]);
      first += start[axis] * from[axis];
      from[axis] *= step[axis];
    }
    return gatherStrided(a, Shape.of(extents), first, from);
  }

  private Nd4jArray gatherStrided(Nd4jArray a, Shape shape, int start, int[] from) {
    return allocator.create(
        shape,
        a.dtype(),
        out -> StridedCopy.copy(workers, shape.dims(), a, start, from, out, 0, shape.strides()));
  }

  Nd4jArray pad(Nd4jArray a, int[] before, int[] after, int[] interior, double value) {
    int[] extents = a.shape().dims();
    int[] padded = new int[extents.length];
    for (int axis = 0; axis < extents.length; axis++) {
      int between = Math.max(extents[axis] - 1, 0) * interior[axis];
      padded[axis] = before[axis] + extents[axis] + between + after[axis];
    }
    Shape shape = Shape.of(padded);
    int[] to = shape.strides();
    int first = 0;
    for (int axis = 0; axis < extents.length; axis++) {
      first += before[axis] * to[axis];
      to[axis] *= interior[axis] + 1;
    }
    int start = first;
    return allocator.create(
        shape,
        a.dtype(),
        out -> {
          fill(out, value);
          if (a.size() > 0) {
            StridedCopy.copy(workers, extents, a, 0, a.shape().strides(), out, start, to);
          }
        });
  }

  Nd4jArray concat(List<Nd4jArray> arrays, int axis) {
    int extent = 0;
    for (Nd4jArray array : arrays) {
      extent += array.shape().dim(axis);
    }
    Shape shape = arrays.get(0).shape().with(axis, extent);
    return allocator.create(
        shape,
        arrays.get(0).dtype(),
        out -> {
          int[] to = shape.strides();
          int at = 0;
          for (Nd4jArray array : arrays) {
            if (array.size() > 0) {
              StridedCopy.copy(
                  workers, array.shape().dims(), array, 0, array.shape().strides(), out, at, to);
            }
            at += array.shape().dim(axis) * to[axis];
          }
        });
  }
}
