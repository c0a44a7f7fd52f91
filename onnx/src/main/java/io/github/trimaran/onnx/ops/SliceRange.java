package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What ONNX's Slice takes, in the terms of a slice with steps forward: an axis that is gone along
 * backwards is flipped first.
 *
 * @param flipped the axes to flip
 * @param start along each axis, after that
 */
record SliceRange(int[] flipped, int[] start, int[] stop, int[] step) {

  static SliceRange of(Call call) {
    Shape shape = call.shape(0);
    long[] starts = call.longs(1, "starts");
    long[] ends = call.longs(2, "ends");
    if (starts == null || ends == null) {
      throw call.error("no starts and ends given");
    }
    long[] named = call.longs(3, "axes");
    long[] steps = call.has(4) ? call.longs(4) : null;
    int[] axes =
        named == null
            ? IntStream.range(0, starts.length).toArray()
            : call.axes(named, shape.rank());
    if (starts.length != ends.length || starts.length != axes.length) {
      throw call.error("starts, ends and axes differ in length");
    }
    int[] start = new int[shape.rank()];
    int[] stop = shape.dims();
    int[] step = new int[shape.rank()];
    Arrays.fill(step, 1);
    IntStream.Builder flipped = IntStream.builder();
    for (int i = 0; i < axes.length; i++) {
      int axis = axes[i];
      int extent = shape.dim(axis);
      long by = steps == null ? 1 : steps[i];
      if (by == 0) {
        throw call.error("a step of 0");
      }
      // From the end, where that is what a negative number means.
      long from = starts[i] < 0 ? starts[i] + extent : starts[i];
      long to = ends[i] < 0 ? ends[i] + extent : ends[i];
      if (by < 0) {
        flipped.add(axis);
        from = extent - 1 - Math.min(from, extent - 1L);
        to = extent - 1 - Math.max(Math.min(to, extent - 1L), -1);
      }
      start[axis] = (int) Math.max(0, Math.min(from, extent));
      stop[axis] = (int) Math.max(start[axis], Math.min(to, extent));
      step[axis] = (int) Math.min(Math.abs(Math.max(by, -Integer.MAX_VALUE)), Integer.MAX_VALUE);
    }
    return new SliceRange(flipped.build().sorted().toArray(), start, stop, step);
  }
}
