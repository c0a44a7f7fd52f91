package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.Shape;
import java.util.Arrays;

/**
 * How a window moves over the spatial axes, those behind batch and channels: the attributes that
 * convolutions and pools share.
 *
 * @param extents of the input's spatial axes
 * @param kernel of the window, undilated
 * @param before padding at the beginnings
 * @param after padding at the ends
 */
record Window(
    int[] extents, int[] kernel, int[] strides, int[] dilations, int[] before, int[] after) {

  static final String SETTINGS =
      "auto_pad:s=NOTSET|SAME_UPPER|SAME_LOWER|VALID dilations:is kernel_shape:is pads:is"
          + " strides:is";

  /** The window of a node that moves over an input {@code [N, C, ...]}. */
  static Window of(Call call, Shape input, int... kernel) {
    int axes = input.rank() - 2;
    if (axes < 1 || kernel.length != axes) {
      throw call.error("kernel " + Arrays.toString(kernel) + " does not fit the input " + input);
    }
    int[] extents = Arrays.copyOfRange(input.dims(), 2, input.rank());
    int[] strides = positive(call, "strides", axes);
    int[] dilations = positive(call, "dilations", axes);
    int[] pads = Call.ints(call.node().integers("pads", new long[2 * axes]));
    if (pads.length != 2 * axes) {
      throw call.error("pads " + Arrays.toString(pads) + " do not fit the input " + input);
    }
    Window window =
        new Window(
            extents,
            kernel,
            strides,
            dilations,
            Arrays.copyOf(pads, axes),
            Arrays.copyOfRange(pads, axes, 2 * axes));
    return switch (call.node().text("auto_pad", "NOTSET")) {
      case "VALID" -> new Window(extents, kernel, strides, dilations, new int[axes], new int[axes]);
      case "SAME_UPPER" -> window.same(false);
      case "SAME_LOWER" -> window.same(true);
      default -> window;
    };
  }

  private static int[] positive(Call call, String attribute, int axes) {
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    int[] values = Call.ints(call.node().integers(attribute, ones));
    if (values.length != axes || Arrays.stream(values).anyMatch(v -> v < 1)) {
      throw call.error(attribute + " must be " + axes + " from 1, are " + Arrays.toString(values));
    }
    return values;
  }

  /** Padded so that there are as many places as strides in the input, rounded up. */
  private Window same(boolean moreBefore) {
    int[] begin = new int[extents.length];
    int[] end = new int[extents.length];
    for (int i = 0; i < extents.length; i++) {
      long places = (extents[i] + strides[i] - 1L) / strides[i];
      long total = Math.max((places - 1) * strides[i] + span(i) - extents[i], 0);
      long half = total / 2;
      begin[i] = Math.toIntExact(moreBefore ? total - half : half);
      end[i] = Math.toIntExact(total - begin[i]);
    }
    return new Window(extents, kernel, strides, dilations, begin, end);
  }

  /** What the dilated window covers along an axis. */
  long span(int axis) {
    return (kernel[axis] - 1L) * dilations[axis] + 1;
  }

  /** How many places it takes along an axis; in ceil mode one more, if it starts inside. */
  int places(int axis, boolean ceil) {
    long room = (long) extents[axis] + before[axis] + after[axis] - span(axis);
    long places = Math.floorDiv(ceil ? room + strides[axis] - 1L : room, strides[axis]) + 1;
    if (ceil && (places - 1) * strides[axis] >= (long) extents[axis] + before[axis]) {
      places--;
    }
    return Math.toIntExact(places);
  }

  /** A two-dimensional one over {@code [N, C, 1, L]}, of one over {@code [N, C, L]}. */
  Window asTwo() {
    return extents.length == 1
        ? new Window(
            front(extents, 1),
            front(kernel, 1),
            front(strides, 1),
            front(dilations, 1),
            front(before, 0),
            front(after, 0))
        : this;
  }

  private static int[] front(int[] values, int first) {
    return new int[] {first, values[0]};
  }
}
