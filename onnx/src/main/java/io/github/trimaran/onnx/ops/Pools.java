package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pooling over the spatial axes, {@code [N, C, ...]}. Maxima and means are taken along one axis
 * after the other, but where the plane pools of the backends do the same.
 */
final class Pools {

  private Pools() {}

  static void register(Map<String, Operator> all) {
    all.put(
        "MaxPool",
        new Operator(Window.SETTINGS + " ceil_mode:i storage_order:i", 1, 1, 2, Pools::max));
    all.put(
        "AveragePool",
        Operator.of(Window.SETTINGS + " ceil_mode:i count_include_pad:i", 1, 1, Pools::average));
    all.put("GlobalAveragePool", Operator.of("", 1, 1, c -> c.tensor(0).meanKeepDims(spatial(c))));
    all.put("GlobalMaxPool", Operator.of("", 1, 1, c -> c.tensor(0).maxKeepDims(spatial(c))));
  }

  private static int[] spatial(Call call) {
    if (call.shape(0).rank() < 3) {
      throw call.error("input must be [N, C, ...], is " + call.shape(0));
    }
    return IntStream.range(2, call.shape(0).rank()).toArray();
  }

  private static Window window(Call call) {
    return Window.of(call, call.shape(0), Call.ints(call.node().integers("kernel_shape")));
  }

  /** As core has it: of two axes, padded alike on both sides by at most half a window. */
  private static Pool2dGeometry plane(Call call, Window window) {
    if (window.kernel().length > 2) {
      return null;
    }
    Window two = window.asTwo();
    for (int i = 0; i < 2; i++) {
      if (two.dilations()[i] != 1
          || two.before()[i] != two.after()[i]
          || two.before()[i] > two.kernel()[i] / 2) {
        return null;
      }
    }
    return Pool2dGeometry.window(two.kernel()[0], two.kernel()[1])
        .withStride(two.strides()[0], two.strides()[1])
        .withPadding(two.before()[0], two.before()[1])
        .withCeilMode(call.node().flag("ceil_mode", false))
        .withCountIncludePad(call.node().flag("count_include_pad", false));
  }

  private static Value[] max(Call call) {
    Window window = window(call);
    Tensor x = call.tensor(0);
    Pool2dGeometry geometry = plane(call, window);
    boolean line = window.kernel().length == 1;
    if (geometry != null) {
      Tensor image = line ? x.unsqueeze(2) : x;
      Tensor y = Pooling.maxPool2d(image, geometry);
      Value best = Value.of(line ? y.squeeze(2) : y);
      if (!call.wants(1)) {
        return new Value[] {best};
      }
      Tensor places = places(call, image, Pooling.maxPool2dIndices(image, geometry));
      return new Value[] {best, Value.of(line ? places.squeeze(2) : places)};
    }
    if (call.wants(1)) {
      throw call.error("places are known for undilated windows padded alike on both sides only");
    }
    Tensor y = x;
    for (int i = window.kernel().length - 1; i >= 0; i--) {
      y = Along.max(y, i + 2, inside(call, window, i));
    }
    return new Value[] {Value.of(y)};
  }

  /** From places within a plane to places in the whole tensor. */
  private static Tensor places(Call call, Tensor image, Tensor inPlane) {
    Shape shape = image.shape();
    int size = shape.dim(2) * shape.dim(3);
    Tensor place = inPlane;
    if (call.node().flag("storage_order", false)) {
      // Counted down the columns: of row * W + column, column * H + row.
      Tensor width = call.integers(new long[] {shape.dim(3)}, 1);
      Tensor row = place.to(DType.FLOAT64).div(shape.dim(3)).floor().to(DType.INT64);
      place = place.sub(row.mul(width)).mul(shape.dim(2)).add(row);
    }
    Tensor planes = Tensor.arange(image.backend(), (long) shape.dim(0) * shape.dim(1));
    return place.add(planes.mul(size).reshape(shape.dim(0), shape.dim(1), 1, 1));
  }

  /** The places of each window that lie inside the input. */
  private static int[][] inside(Call call, Window window, int axis) {
    int[][] windows = new int[window.places(axis, call.node().flag("ceil_mode", false))][];
    for (int i = 0; i < windows.length; i++) {
      int start = i * window.strides()[axis] - window.before()[axis];
      int step = window.dilations()[axis];
      windows[i] =
          IntStream.range(0, window.kernel()[axis])
              .map(k -> start + k * step)
              .filter(place -> place >= 0 && place < window.extents()[axis])
              .toArray();
      if (windows[i].length == 0) {
        throw call.error("a window lies in the padding alone");
      }
    }
    return windows;
  }

  private static Tensor average(Call call) {
    Window window = window(call);
    Tensor x = call.tensor(0);
    Pool2dGeometry geometry = plane(call, window);
    if (geometry != null) {
      boolean line = window.kernel().length == 1;
      Tensor y = Pooling.avgPool2d(line ? x.unsqueeze(2) : x, geometry);
      return line ? y.squeeze(2) : y;
    }
    Tensor y = x;
    for (int i = 0; i < window.kernel().length; i++) {
      y = Along.weighted(y, i + 2, shares(call, window, i));
    }
    return y;
  }

  /** Each window's weights: one over the places that count, those in the padding too if asked. */
  private static double[][] shares(Call call, Window window, int axis) {
    boolean padding = call.node().flag("count_include_pad", false);
    int[][] windows = inside(call, window, axis);
    double[][] shares = new double[windows.length][window.extents()[axis]];
    for (int i = 0; i < windows.length; i++) {
      int start = i * window.strides()[axis] - window.before()[axis];
      int end = window.extents()[axis] + window.after()[axis];
      int step = window.dilations()[axis];
      long count =
          padding
              ? IntStream.range(0, window.kernel()[axis])
                  .filter(k -> start + k * step < end)
                  .count()
              : windows[i].length;
      for (int place : windows[i]) {
        shares[i][place] = 1.0 / count;
      }
    }
    return shares;
  }
}
