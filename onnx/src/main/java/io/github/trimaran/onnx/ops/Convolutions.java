package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * Convolutions of one, two and three spatial axes, {@code [N, C, ...] -> [N, F, ...]}, and
 * transposed ones of one and two.
 */
final class Convolutions {

  private Convolutions() {}

  static void register(Map<String, Operator> all) {
    all.put("Conv", Operator.of(Window.SETTINGS + " group:i", 2, 3, Convolutions::conv));
    all.put(
        "ConvTranspose",
        Operator.of(
            Window.SETTINGS + " group:i output_padding:is output_shape:is",
            2,
            3,
            Convolutions::transposed));
  }

  /** The window of a weight {@code [F, C/groups, ...]}. */
  private static Window window(Call call) {
    Shape weight = call.shape(1);
    int[] kernel = Arrays.copyOfRange(weight.dims(), Math.min(2, weight.rank()), weight.rank());
    int[] told = Call.ints(call.node().integers("kernel_shape", longs(kernel)));
    if (!Arrays.equals(told, kernel)) {
      throw call.error("kernel_shape " + Arrays.toString(told) + " is not that of " + weight);
    }
    return Window.of(call, call.shape(0), kernel);
  }

  private static long[] longs(int... values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private static Conv2dGeometry geometry(Call call, Window window) {
    return new Conv2dGeometry(
        window.strides()[0],
        window.strides()[1],
        window.before()[0],
        window.after()[0],
        window.before()[1],
        window.after()[1],
        window.dilations()[0],
        window.dilations()[1],
        Math.toIntExact(call.node().integer("group", 1)));
  }

  private static Tensor conv(Call call) {
    Window window = window(call);
    Tensor x = call.tensor(0);
    Tensor weight = call.tensor(1);
    Tensor bias = call.has(2) ? call.tensor(2) : null;
    boolean relu = call.rectified();
    return switch (window.kernel().length) {
      case 1 ->
          plane(x.unsqueeze(2), weight.unsqueeze(2), bias, geometry(call, window.asTwo()), relu)
              .squeeze(2);
      case 2 -> plane(x, weight, bias, geometry(call, window), relu);
      case 3 -> {
        Tensor y = volume(call, window, x, weight, bias);
        yield relu ? y.relu() : y;
      }
      default -> throw call.error("more than three spatial axes, input is " + x.shape());
    };
  }

  private static Tensor plane(
      Tensor x, Tensor weight, Tensor bias, Conv2dGeometry geometry, boolean relu) {
    if (bias != null) {
      return Convolution.conv2d(x, weight, bias, geometry, relu);
    }
    Tensor y = Convolution.conv2d(x, weight, geometry);
    return relu ? y.relu() : y;
  }

  /** The sum of the plane convolutions with each layer of the kernel. */
  private static Tensor volume(Call call, Window window, Tensor x, Tensor weight, Tensor bias) {
    int[] before = {0, 0, window.before()[0], 0, 0};
    int[] after = {0, 0, window.after()[0], 0, 0};
    Tensor padded = x.pad(before, after, new int[5], 0);
    int depth = window.places(0, false);
    Conv2dGeometry geometry =
        new Conv2dGeometry(
            window.strides()[1],
            window.strides()[2],
            window.before()[1],
            window.after()[1],
            window.before()[2],
            window.after()[2],
            window.dilations()[1],
            window.dilations()[2],
            Math.toIntExact(call.node().integer("group", 1)));
    Tensor sum = null;
    for (int layer = 0; layer < window.kernel()[0]; layer++) {
      long[] places = new long[depth];
      for (int i = 0; i < depth; i++) {
        places[i] = (long) i * window.strides()[0] + (long) layer * window.dilations()[0];
      }
      Tensor seen = Along.select(padded, 2, places).permute(0, 2, 1, 3, 4);
      int[] apart = seen.shape().dims();
      Tensor planes = seen.reshape(apart[0] * apart[1], apart[2], apart[3], apart[4]);
      Tensor part = Convolution.conv2d(planes, weight.select(2, layer), geometry);
      sum = sum == null ? part : sum.add(part);
    }
    int[] out = sum.shape().dims();
    Tensor volume =
        sum.reshape(x.shape().dim(0), depth, out[1], out[2], out[3]).permute(0, 2, 1, 3, 4);
    return bias == null ? volume : volume.add(bias.reshape(out[1], 1, 1, 1));
  }

  // ---- transposed -----------------------------------------------------------------------------

  private static Tensor transposed(Call call) {
    Window window = window(call);
    int axes = window.kernel().length;
    if (axes > 2) {
      throw call.error("three spatial axes are not known, input is " + call.shape(0));
    }
    int[] more = Call.ints(call.node().integers("output_padding", new long[axes]));
    Tensor full = scattered(call, window);
    int rank = axes + 2;
    int[] start = new int[rank];
    int[] stop = full.shape().dims();
    int[] step = new int[rank];
    Arrays.fill(step, 1);
    int[] beyond = new int[rank];
    for (int i = 0; i < axes; i++) {
      int[] cut = cuts(call, window, more[i], i);
      start[i + 2] = cut[0];
      // Padding of the output reaches beyond what anything is scattered to.
      int end = Math.toIntExact((long) stop[i + 2] - cut[1] + more[i]);
      beyond[i + 2] = Math.max(0, end - stop[i + 2]);
      stop[i + 2] = end - beyond[i + 2];
    }
    Tensor y = full.slice(start, stop, step);
    if (Arrays.stream(beyond).anyMatch(b -> b > 0)) {
      y = y.pad(new int[rank], beyond, new int[rank], 0);
    }
    if (!call.has(2)) {
      return y;
    }
    int[] channels = new int[axes + 1];
    Arrays.fill(channels, 1);
    channels[0] = y.shape().dim(1);
    return y.add(call.tensor(2).reshape(Shape.of(channels)));
  }

  /** The gradient of the unpadded convolution with respect to its input. */
  private static Tensor scattered(Call call, Window window) {
    Tensor x = call.tensor(0);
    Tensor weight = call.tensor(1);
    boolean line = window.kernel().length == 1;
    Window two = window.asTwo();
    Tensor image = line ? x.unsqueeze(2) : x;
    Tensor filters = line ? weight.unsqueeze(2) : weight;
    Window bare =
        new Window(
            two.extents(), two.kernel(), two.strides(), two.dilations(), new int[2], new int[2]);
    Conv2dGeometry geometry = geometry(call, bare);
    Shape shape =
        Shape.result(
            "ConvTranspose",
            image.shape().dim(0),
            (long) filters.shape().dim(1) * geometry.groups(),
            (two.extents()[0] - 1L) * two.strides()[0] + two.span(0),
            (two.extents()[1] - 1L) * two.strides()[1] + two.span(1));
    Tensor full = Convolution.inputGrad(image, filters, shape, geometry);
    return line ? full.squeeze(2) : full;
  }

  /** What is cut off at both ends of an axis: the pads, or what leaves the shape asked for. */
  private static int[] cuts(Call call, Window window, int more, int axis) {
    String auto = call.node().text("auto_pad", "NOTSET");
    long full = (window.extents()[axis] - 1L) * window.strides()[axis] + window.span(axis);
    long wanted;
    if (call.node().has("output_shape")) {
      long[] shape = call.node().integers("output_shape");
      wanted = shape[shape.length - window.extents().length + axis];
    } else if (auto.startsWith("SAME")) {
      wanted = (long) window.extents()[axis] * window.strides()[axis];
    } else if (auto.equals("VALID")) {
      return new int[2];
    } else {
      return new int[] {window.before()[axis], window.after()[axis]};
    }
    long total = Math.max(full + more - wanted, 0);
    long half = total / 2;
    // Of an odd number the larger part goes to the end where SAME_UPPER is asked for.
    long begin = auto.equals("SAME_UPPER") ? half : total - half;
    return new int[] {Math.toIntExact(begin), Math.toIntExact(total - begin)};
  }
}
