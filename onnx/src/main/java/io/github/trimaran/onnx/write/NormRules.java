package io.github.trimaran.onnx.write;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.write.Simplification.Calls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Batch normalisation by given statistics, normalisation of rows, and what older versions of ONNX
 * need composed.
 */
final class NormRules {

  private static final int LAYER_NORMALIZATION = 17;
  private static final int GELU = 20;

  private NormRules() {}

  static Item simpler(Call call, Calls calls, int opset) {
    return switch (call.operation()) {
      case "add" -> {
        Item normed = byStatistics(call, calls);
        yield normed == null ? shifted(call, calls) : normed;
      }
      case "mul" -> {
        Item scaled = scaled(call, calls);
        yield scaled == null && opset >= GELU ? exactGelu(call, calls) : scaled;
      }
      case "div" -> opset < LAYER_NORMALIZATION ? null : standardised(call, calls);
      case "batchNorm" -> byBatch(call, calls, opset);
      case "gelu" -> opset < GELU ? gelu(call, calls) : null;
      default -> null;
    };
  }

  // ---- batch normalisation --------------------------------------------------------------------

  /** {@code x * scale + shift}, scale and shift one a channel and made of statistics. */
  private static Item byStatistics(Call call, Calls calls) {
    Item product = call.operands().get(0);
    Item shift = call.operands().get(1);
    if (!product.isOf("mul") || !shift.isOf("reshape") || !product.operand(1).isOf("reshape")) {
      return null;
    }
    Item x = product.operand(0);
    Item scale = product.operand(1).operand(0);
    shift = shift.operand(0);
    if (x.rank() != 4
        || !isPerChannel(product.operand(1), x)
        || !isPerChannel(call.operands().get(1), x)
        || !scale.isOf("div")
        || !scale.operand(1).isOf("sqrt")
        || !scale.operand(1).operand(0).isOf("add")
        || !shift.isOf("sub")
        || !shift.operand(1).isOf("mul")
        || shift.operand(1).operand(1) != scale) {
      return null;
    }
    Call variance = scale.operand(1).operand(0).maker();
    if (!variance.operands().get(1).isNumber()) {
      return null;
    }
    return calls.instead(
        call,
        "batchNormalization",
        List.of(
            x,
            scale.operand(0),
            shift.operand(0),
            shift.operand(1).operand(0),
            variance.operands().get(0)),
        variance.operands().get(1).number());
  }

  private static boolean isPerChannel(Item item, Item x) {
    return item.rank() == 4
        && item.shape(0).size() == x.shape(0).dim(1)
        && item.shape(0).dim(1) == x.shape(0).dim(1);
  }

  /** A normalisation between two reshapes that undo each other. */
  static Item reshaped(Item from, Call call, Calls calls) {
    boolean batch = from.isOf("batchNormalization");
    if (!batch && !from.isOf("layerNormalization")) {
      return null;
    }
    if (!from.operand(0).isOf("reshape")) {
      return null;
    }
    Item x = from.operand(0).operand(0);
    if (!x.hasShapes(call.result().shapes())) {
      return null;
    }
    return batch
        ? sameChannels(from.maker(), x, call, calls)
        : sameRows(from.maker(), x, call, calls);
  }

  private static Item sameChannels(Call norm, Item x, Call call, Calls calls) {
    for (int run = 0; run < x.runs(); run++) {
      Shape image = norm.result().shape(run);
      if (x.rank() < 2
          || x.shape(run).dim(0) != image.dim(0)
          || x.shape(run).dim(1) != image.dim(1)) {
        return null;
      }
    }
    List<Item> operands = new ArrayList<>(norm.operands());
    operands.set(0, x);
    return calls.instead(call, norm.operation(), operands, norm.settings()[0]);
  }

  private static Item sameRows(Call norm, Item x, Call call, Calls calls) {
    if (!isUnit(norm.result()) || (Integer) norm.setting(0) != norm.result().rank() - 1) {
      return null;
    }
    int[] lengths = norm.result().extents(norm.result().rank() - 1);
    for (int axis = 0; axis < x.rank(); axis++) {
      int from = axis;
      boolean fits =
          IntStream.range(0, x.runs()).allMatch(run -> size(x.shape(run), from) == lengths[run]);
      if (fits && isFixed(x, axis)) {
        return unit(call, calls, x, axis, (Double) norm.setting(1));
      }
    }
    return null;
  }

  private static int size(Shape shape, int from) {
    return Arrays.stream(shape.dims(), from, shape.rank()).reduce(1, (m, n) -> m * n);
  }

  // ---- layer normalisation --------------------------------------------------------------------

  private static boolean isFixed(Item x, int axis) {
    return IntStream.range(axis, x.rank())
        .allMatch(i -> Arrays.stream(x.extents(i)).distinct().count() == 1);
  }

  private static Item unit(Call call, Calls calls, Item x, int axis, double epsilon) {
    int[] extents = Arrays.copyOfRange(x.shape(0).dims(), axis, x.rank());
    Item ones = Item.constant(x.runs(), filled(Shape.of(extents), x.dtype(), 1));
    return calls.instead(call, "layerNormalization", List.of(x, ones), axis, epsilon);
  }

  private static HostArray filled(Shape shape, DType dtype, double number) {
    HostArray array = HostArray.zeros(shape, dtype);
    for (int i = 0; i < shape.size(); i++) {
      array.set(i, number);
    }
    return array;
  }

  /** Whether it is a layer normalisation that neither scales nor shifts yet. */
  private static boolean isUnit(Item item) {
    return item.isOf("layerNormalization")
        && item.maker().operands().size() == 2
        && item.operand(1).isFilledWith(1);
  }

  private static boolean fitsEnd(Item values, Call norm) {
    Item scale = norm.operands().get(1);
    return values.hasShapes(scale.shapes()) && !values.isOf("layerNormalization");
  }

  private static Item scaled(Call call, Calls calls) {
    Item norm = call.operands().get(0);
    Item scale = call.operands().get(1);
    if (!isUnit(norm) || !fitsEnd(scale, norm.maker())) {
      return null;
    }
    return calls.instead(
        call, "layerNormalization", List.of(norm.operand(0), scale), norm.maker().settings()[0]);
  }

  private static Item shifted(Call call, Calls calls) {
    Item norm = call.operands().get(0);
    Item shift = call.operands().get(1);
    if (!norm.isOf("layerNormalization")
        || norm.maker().operands().size() != 2
        || !fitsEnd(shift, norm.maker())) {
      return null;
    }
    return calls.instead(
        call,
        "layerNormalization",
        List.of(norm.operand(0), norm.operand(1), shift),
        norm.maker().settings()[0]);
  }

  /** {@code (x - mean) / sqrt(variance + epsilon)} over the last axes. */
  private static Item standardised(Call call, Calls calls) {
    Item centred = call.operands().get(0);
    Item root = call.operands().get(1);
    if (!centred.isOf("sub") || !root.isOf("sqrt") || !root.operand(0).isOf("add")) {
      return null;
    }
    Item x = centred.operand(0);
    Item mean = centred.operand(1);
    Item variance = root.operand(0).operand(0);
    Item epsilon = root.operand(0).operand(1);
    if (!SumRules.keeps(mean, "mean", x)
        || !epsilon.isNumber()
        || !variance.isOf("mean")
        || !variance.operand(0).isOf("mul")
        || variance.operand(0).operand(0) != centred
        || variance.operand(0).operand(1) != centred) {
      return null;
    }
    int[] axes = mean.maker().numbers(0);
    int axis = x.rank() - axes.length;
    boolean last = Arrays.equals(axes, IntStream.range(axis, x.rank()).toArray());
    if (!last
        || !SumRules.keeps(variance, "mean", variance.operand(0), axes)
        || !isFixed(x, axis)) {
      return null;
    }
    return unit(call, calls, x, axis, epsilon.number());
  }

  /** By the statistics of the batch: of one sample with a channel a row, it is of rows. */
  private static Item byBatch(Call call, Calls calls, int opset) {
    Item x = call.operands().get(0);
    double epsilon = (Double) call.setting(0);
    boolean rows =
        Arrays.stream(x.shapes()).allMatch(shape -> shape.dim(0) == 1 && shape.dim(2) == 1)
            && call.operands().get(1).isFilledWith(1)
            && call.operands().get(2).isFilledWith(0);
    if (rows && opset >= LAYER_NORMALIZATION && isFixed(x, 3)) {
      return unit(call, calls, x, 3, epsilon);
    }
    int[] axes = rows ? new int[] {3} : new int[] {0, 2, 3};
    Shape[] kept = new Shape[x.runs()];
    Arrays.setAll(kept, run -> x.shape(run).withOnes(axes));
    Shape[] full = x.shapes();
    Item mean = calls.add(call, "mean", kept, List.of(x), (Object) axes);
    Item centred = calls.add(call, "sub", full, List.of(x, mean));
    Item square = calls.add(call, "mul", full, List.of(centred, centred));
    Item variance = calls.add(call, "mean", kept, List.of(square), (Object) axes);
    Item epsilonItem = number(x, epsilon);
    Item sum = calls.add(call, "add", kept, List.of(variance, epsilonItem));
    Item deviation = calls.add(call, "sqrt", kept, List.of(sum));
    Item normed = calls.add(call, "div", full, List.of(centred, deviation));
    if (rows) {
      return normed;
    }
    Item gamma = calls.reshaped(call, call.operands().get(1), kept);
    Item beta = calls.reshaped(call, call.operands().get(2), kept);
    Item scaled = calls.add(call, "mul", full, List.of(normed, gamma));
    return calls.add(call, "add", full, List.of(scaled, beta));
  }

  private static Item number(Item like, double number) {
    return Item.constant(like.runs(), filled(Shape.scalar(), like.dtype(), number));
  }

  /** {@code x (1 + erf(x sqrt(0.5))) 0.5}, which ONNX has as one. */
  private static Item exactGelu(Call call, Calls calls) {
    Item product = call.operands().get(0);
    if (!product.isOf("mul") || !isNumber(call.operands().get(1), 0.5)) {
      return null;
    }
    Item x = product.operand(0);
    Item gate = product.operand(1);
    if (!gate.isOf("add") || !gate.operand(0).isOf("erf") || !isNumber(gate.operand(1), 1)) {
      return null;
    }
    Item scaled = gate.operand(0).operand(0);
    return scaled.isOf("mul")
            && scaled.operand(0) == x
            && isNumber(scaled.operand(1), Math.sqrt(0.5))
            && x.hasShapes(call.result().shapes())
        ? calls.instead(call, "geluExact", List.of(x))
        : null;
  }

  /** Whether it is that number alone, as its dtype holds it. */
  private static boolean isNumber(Item item, double number) {
    double held = item.dtype() == DType.FLOAT32 ? (float) number : number;
    return item.isNumber() && item.isFilledWith(held);
  }

  /** {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}. */
  private static Item gelu(Call call, Calls calls) {
    Item x = call.operands().get(0);
    Item square = calls.instead(call, "mul", List.of(x, x));
    Item cube = calls.instead(call, "mul", List.of(square, x));
    Item small = calls.instead(call, "mul", List.of(cube, number(x, 0.044715)));
    Item sum = calls.instead(call, "add", List.of(x, small));
    Item inner = calls.instead(call, "mul", List.of(sum, number(x, Math.sqrt(2 / Math.PI))));
    Item tanh = calls.instead(call, "tanh", List.of(inner));
    Item gate = calls.instead(call, "add", List.of(tanh, number(x, 1)));
    Item product = calls.instead(call, "mul", List.of(x, gate));
    return calls.instead(call, "mul", List.of(product, number(x, 0.5)));
  }
}
