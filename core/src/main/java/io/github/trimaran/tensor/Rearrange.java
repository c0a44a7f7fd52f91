package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Moves composed of reshaping, slicing and joining. */
final class Rearrange {

  private Rearrange() {}

  static Tensor transpose(Tensor a, int axis1, int axis2) {
    int[] order = new int[a.shape().rank()];
    Arrays.setAll(order, i -> i);
    int first = a.shape().axis("transpose", axis1);
    int second = a.shape().axis("transpose", axis2);
    order[first] = second;
    order[second] = first;
    return a.permute(order);
  }

  /** For the operation of that name, which errors tell; a negative start counts from the end. */
  static Tensor narrow(String name, Tensor a, int axis, long start, long length) {
    int along = a.shape().axis(name, axis);
    int extent = a.shape().dim(along);
    long first = start < 0 ? start + extent : start;
    if (first < 0 || length < 0 || first + length > extent) {
      String what = length == 1 ? "index " + start : "length " + length + " from " + start + " on";
      throw Op.error(name, what + " does not lie in axis " + along + " of " + extent, a);
    }
    int[] from = new int[a.shape().rank()];
    int[] stop = a.shape().dims();
    int[] step = new int[a.shape().rank()];
    Arrays.fill(step, 1);
    from[along] = (int) first;
    stop[along] = (int) (first + length);
    return Move.slice(a, from, stop, step);
  }

  static Tensor select(Tensor a, int axis, int index) {
    Tensor one = narrow("select", a, axis, index, 1);
    return one.reshape(a.shape().without(a.shape().axis("select", axis)));
  }

  static List<Tensor> unbind(Tensor a, int axis) {
    int along = a.shape().axis("unbind", axis);
    return IntStream.range(0, a.shape().dim(along)).mapToObj(i -> select(a, along, i)).toList();
  }

  /** As PyTorch: pieces of the extent rounded up, so that there may be fewer than asked for. */
  static List<Tensor> chunk(Tensor a, int pieces, int axis) {
    int along = a.shape().axis("chunk", axis);
    if (pieces < 1) {
      throw Op.error("chunk", "number of pieces must be at least 1, is " + pieces, a);
    }
    int extent = a.shape().dim(along);
    return split(a, Math.max(1, (int) ((extent + pieces - 1L) / pieces)), along);
  }

  static Tensor stack(List<Tensor> tensors, int axis) {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("stack: needs at least one tensor");
    }
    Tensor first = tensors.get(0);
    for (Tensor tensor : tensors) {
      Op.commonDType("stack", first, tensor);
      if (!tensor.shape().equals(first.shape())) {
        throw Op.error("stack", "shapes differ", first, tensor);
      }
    }
    int along = placeForAxis("stack", first, axis);
    return Move.concat("stack", tensors.stream().map(t -> t.unsqueeze(along)).toList(), along);
  }

  static Tensor unsqueeze(Tensor a, int axis) {
    int at = placeForAxis("unsqueeze", a, axis);
    int[] extents = new int[a.shape().rank() + 1];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i == at ? 1 : a.shape().dim(i < at ? i : i - 1);
    }
    return a.reshape(Shape.of(extents));
  }

  private static int placeForAxis(String name, Tensor a, int axis) {
    int at = axis < 0 ? axis + a.shape().rank() + 1 : axis;
    if (at < 0 || at > a.shape().rank()) {
      throw Op.error(name, "no place " + axis + " for an axis", a);
    }
    return at;
  }

  static Tensor squeeze(Tensor a, int... axes) {
    int[] ones =
        axes.length > 0
            ? a.shape().axes("squeeze", axes)
            : IntStream.range(0, a.shape().rank())
                .filter(axis -> a.shape().dim(axis) == 1)
                .toArray();
    for (int axis : ones) {
      if (a.shape().dim(axis) != 1) {
        throw Op.error("squeeze", "the extent of axis " + axis + " is not 1", a);
      }
    }
    return a.reshape(a.shape().without(ones));
  }

  static List<Tensor> split(Tensor a, int size, int axis) {
    int along = a.shape().axis("split", axis);
    int extent = a.shape().dim(along);
    if (size < 1) {
      throw Op.error("split", "size must be at least 1, is " + size, a);
    }
    int[] sizes = new int[Math.max(Shape.stepsBelow(0, extent, size), 1)];
    Arrays.setAll(sizes, i -> Math.min(size, extent - i * size));
    return split(a, sizes, along);
  }

  static List<Tensor> split(Tensor a, int[] sizes, int axis) {
    int along = a.shape().axis("split", axis);
    if (Arrays.stream(sizes).asLongStream().sum() != a.shape().dim(along)) {
      throw Op.error(
          "split", "sizes " + Arrays.toString(sizes) + " do not add up to axis " + along, a);
    }
    List<Tensor> parts = new ArrayList<>();
    int start = 0;
    for (int size : sizes) {
      parts.add(narrow("split", a, along, start, size));
      start += size;
    }
    return List.copyOf(parts);
  }

  /** Stretches an axis of extent 1 put before each that is repeated, and merges the two. */
  static Tensor repeat(Tensor a, int... times) {
    int rank = times.length;
    int lead = rank - a.shape().rank();
    if (lead < 0 || Arrays.stream(times).anyMatch(count -> count < 0)) {
      throw Op.error(
          "repeat",
          "needs a count from 0 for each axis, and may have more, is " + Arrays.toString(times),
          a);
    }
    int[] apart = new int[2 * rank];
    int[] stretched = new int[2 * rank];
    long[] merged = new long[rank];
    for (int i = 0; i < rank; i++) {
      int extent = i < lead ? 1 : a.shape().dim(i - lead);
      apart[2 * i] = 1;
      stretched[2 * i] = times[i];
      apart[2 * i + 1] = extent;
      stretched[2 * i + 1] = extent;
      merged[i] = (long) times[i] * extent;
    }
    Shape shape = Shape.result("repeat", merged);
    return a.reshape(Shape.of(apart)).broadcastTo(Shape.of(stretched)).reshape(shape);
  }

  static Tensor roll(Tensor a, int shift, int axis) {
    int along = a.shape().axis("roll", axis);
    int extent = a.shape().dim(along);
    int last = extent == 0 ? 0 : Math.floorMod(shift, extent);
    if (last == 0) {
      return Op.alias(a);
    }
    Tensor end = narrow("roll", a, along, extent - last, last);
    return Tensor.concat(List.of(end, narrow("roll", a, along, 0, extent - last)), along);
  }
}
