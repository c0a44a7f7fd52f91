package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/** Padding in all its modes; negative padding cuts off. */
final class Paddings {

  private Paddings() {}

  static void register(Map<String, Operator> all) {
    all.put(
        "Pad",
        Operator.of("mode:s=constant|reflect|edge|wrap pads:is value:f", 1, 4, Paddings::pad));
  }

  private static Tensor pad(Call call) {
    Tensor x = call.tensor(0);
    int rank = x.shape().rank();
    long[] pads = call.longs(1, "pads");
    int[] axes = call.axes(call.has(3) ? call.longs(3) : null, rank);
    if (pads == null || pads.length != 2 * axes.length) {
      throw call.error("pads " + Arrays.toString(pads) + " do not fit the input " + x.shape());
    }
    int[] before = new int[rank];
    int[] after = new int[rank];
    for (int i = 0; i < axes.length; i++) {
      before[axes[i]] = Math.toIntExact(pads[i]);
      after[axes[i]] = Math.toIntExact(pads[axes.length + i]);
    }
    String mode = call.node().text("mode", "constant");
    return mode.equals("constant")
        ? constant(call, cut(x, before, after), positive(before), positive(after))
        : byPlaces(call, x, mode, before, after);
  }

  private static int[] positive(int... values) {
    return Arrays.stream(values).map(v -> Math.max(v, 0)).toArray();
  }

  private static Tensor cut(Tensor x, int[] before, int[] after) {
    int[] start = positive(Arrays.stream(before).map(v -> -v).toArray());
    int[] stop = x.shape().dims();
    int[] step = new int[start.length];
    Arrays.fill(step, 1);
    boolean any = false;
    for (int i = 0; i < start.length; i++) {
      stop[i] += Math.min(after[i], 0);
      any |= start[i] > 0 || after[i] < 0;
    }
    return any ? x.slice(start, stop, step) : x;
  }

  private static Tensor constant(Call call, Tensor x, int[] before, int[] after) {
    double value = call.has(2) ? call.number(2) : call.node().number("value", 0);
    int[] none = new int[before.length];
    if (x.dtype() != DType.BOOL) {
      return x.pad(before, after, none, value);
    }
    return x.to(DType.INT64).pad(before, after, none, value).to(DType.BOOL);
  }

  /** Along one axis after the other, by the place that each place of the result is taken from. */
  private static Tensor byPlaces(Call call, Tensor x, String mode, int[] before, int[] after) {
    Tensor y = x;
    for (int axis = 0; axis < before.length; axis++) {
      int extent = x.shape().dim(axis);
      long length = (long) before[axis] + extent + after[axis];
      if ((before[axis] == 0 && after[axis] == 0) || length < 0) {
        continue;
      }
      if (extent == 0) {
        throw call.error("axis " + axis + " of " + x.shape() + " is empty");
      }
      long[] places = new long[Shape.result("Pad", length).dim(0)];
      for (int i = 0; i < places.length; i++) {
        places[i] = place(mode, i - before[axis], extent);
      }
      y = Along.select(y, axis, places);
    }
    return y;
  }

  private static int place(String mode, int at, int extent) {
    return switch (mode) {
      case "edge" -> Math.max(0, Math.min(at, extent - 1));
      case "wrap" -> Math.floorMod(at, extent);
      default -> {
        int period = Math.max(2 * (extent - 1), 1);
        int within = Math.floorMod(at, period);
        yield within < extent ? within : period - within;
      }
    };
  }
}
