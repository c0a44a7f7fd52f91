package io.github.trimaran.onnx.write;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.write.Simplification.Calls;
import java.util.Arrays;
import java.util.List;

/** Moves that move nothing are left out, and of several one after the other one remains. */
final class MoveRules {

  private MoveRules() {}

  static Item simpler(Call call, Calls calls) {
    return switch (call.operation()) {
      case "reshape" -> reshape(call, calls);
      case "permute" -> permute(call, calls);
      case "slice" -> slice(call, calls);
      case "broadcastTo" ->
          call.operands().get(0).hasShapes(call.result().shapes()) ? call.operands().get(0) : null;
      case "cast" ->
          call.operands().get(0).dtype() == call.result().dtype() ? call.operands().get(0) : null;
      case "concat" -> call.operands().size() == 1 ? call.operands().get(0) : null;
      case "pad" -> {
        Item longer = lengthened(call, calls);
        yield longer == null ? spread(call, calls) : longer;
      }
      case "flip" -> call.numbers(0).length == 0 ? call.operands().get(0) : null;
      default -> null;
    };
  }

  private static Item reshape(Call call, Calls calls) {
    Item from = call.operands().get(0);
    while (from.isOf("reshape")) {
      from = from.operand(0);
    }
    Shape[] wanted = call.result().shapes();
    if (from.hasShapes(wanted)) {
      return from;
    }
    Item other = SumRules.reshaped(from, call, calls);
    if (other == null) {
      other = NormRules.reshaped(from, call, calls);
    }
    if (other != null) {
      return other;
    }
    return from == call.operands().get(0) ? null : calls.reshaped(call, from, wanted);
  }

  private static Item permute(Call call, Calls calls) {
    Item from = call.operands().get(0);
    int[] order = call.numbers(0);
    if (from.isOf("permute")) {
      int[] before = from.maker().numbers(0);
      order = Arrays.stream(order).map(axis -> before[axis]).toArray();
      from = from.operand(0);
    }
    boolean still = true;
    for (int i = 0; i < order.length; i++) {
      still &= order[i] == i;
    }
    if (still) {
      return from;
    }
    return from == call.operands().get(0)
        ? null
        : calls.instead(call, "permute", List.of(from), (Object) order);
  }

  private static Item slice(Call call, Calls calls) {
    Item from = call.operands().get(0);
    if (from.hasShapes(call.result().shapes())) {
      return from;
    }
    return from.isOf("conv2dInputGrad") ? cropped(from.maker(), call, calls) : null;
  }

  /** The borders cut off a transposed convolution are its padding. */
  private static Item cropped(Call scattered, Call slice, Calls calls) {
    Conv2dGeometry geometry = (Conv2dGeometry) scattered.setting(1);
    Shape[] shapes = slice.result().shapes();
    int[] start = slice.numbers(0);
    int[] step = slice.numbers(2);
    int[] cut = new int[4];
    for (int axis = 0; axis < 4; axis++) {
      int full = scattered.result().shape(0).dim(axis);
      for (int run = 0; run < shapes.length; run++) {
        int end = scattered.result().shape(run).dim(axis) - slice.numbers(1, run)[axis];
        boolean sameCut = run == 0 || end == cut[axis];
        cut[axis] = end;
        if (!sameCut || step[axis] != 1 || (axis < 2 && (start[axis] != 0 || end != 0))) {
          return null;
        }
      }
      if (axis > 1 && full <= start[axis] + cut[axis]) {
        return null;
      }
    }
    Conv2dGeometry padded =
        geometry.withPadding(
            geometry.padTop() + start[2],
            geometry.padBottom() + cut[2],
            geometry.padLeft() + start[3],
            geometry.padRight() + cut[3]);
    Object[][] settings = new Object[shapes.length][];
    Arrays.setAll(settings, run -> new Object[] {shapes[run], padded});
    return calls.addVarying(slice, "conv2dInputGrad", shapes, scattered.operands(), settings);
  }

  /** Zeros after what a transposed convolution reaches are padding of its output. */
  private static Item lengthened(Call call, Calls calls) {
    Item from = call.operands().get(0);
    if (!from.isOf("conv2dInputGrad") || (Double) call.setting(3) != 0) {
      return null;
    }
    Conv2dGeometry geometry = (Conv2dGeometry) from.maker().setting(1);
    int[] after = call.numbers(1);
    boolean atTheEnd =
        Arrays.stream(call.numbers(0)).allMatch(before -> before == 0)
            && Arrays.stream(call.numbers(2)).allMatch(between -> between == 0)
            && after[0] == 0
            && after[1] == 0
            && (after[2] == 0 || geometry.padBottom() == 0)
            && (after[3] == 0 || geometry.padRight() == 0);
    Shape[] shapes = call.result().shapes();
    Shape weight = from.operand(1).shape(0);
    for (int run = 0; run < shapes.length && atTheEnd; run++) {
      Shape scattered = from.operand(0).shape(run);
      atTheEnd = geometry.outputShape(shapes[run], weight).equals(scattered);
    }
    if (!atTheEnd) {
      return null;
    }
    Object[][] settings = new Object[shapes.length][];
    Arrays.setAll(settings, run -> new Object[] {shapes[run], geometry});
    return calls.addVarying(call, "conv2dInputGrad", shapes, from.maker().operands(), settings);
  }

  /** Padding between elements: each becomes a row, which is padded, and the last row is cut. */
  private static Item spread(Call call, Calls calls) {
    int[] interior = call.numbers(2);
    int runs = call.settings().length;
    int rank = interior.length;
    if (Arrays.stream(interior).allMatch(between -> between == 0)) {
      return null;
    }
    Item x = call.operands().get(0);
    double value = (Double) call.setting(3);
    int[] none = new int[rank + 1];
    for (int axis = 0; axis < rank; axis++) {
      int between = interior[axis];
      if (between == 0) {
        continue;
      }
      Shape[] rows = new Shape[runs];
      Shape[] padded = new Shape[runs];
      Shape[] flat = new Shape[runs];
      Shape[] cut = new Shape[runs];
      Object[][] slices = new Object[runs][];
      int[] after = new int[rank + 1];
      after[axis + 1] = between;
      for (int run = 0; run < runs; run++) {
        Shape shape = x.shape(run);
        int extent = shape.dim(axis);
        rows[run] = inserted(shape, axis + 1);
        padded[run] = rows[run].with(axis + 1, between + 1);
        flat[run] = shape.with(axis, extent * (between + 1));
        cut[run] = shape.with(axis, Math.max(0, extent * (between + 1) - between));
        int[] step = new int[rank];
        Arrays.fill(step, 1);
        slices[run] = new Object[] {new int[rank], cut[run].dims(), step};
      }
      Item apart =
          calls.add(
              call,
              "pad",
              padded,
              List.of(calls.reshaped(call, x, rows)),
              none,
              after,
              none,
              value);
      x = calls.addVarying(call, "slice", cut, List.of(calls.reshaped(call, apart, flat)), slices);
    }
    Object[][] settings = new Object[runs][];
    Arrays.setAll(
        settings,
        run -> new Object[] {call.numbers(0, run), call.numbers(1, run), new int[rank], value});
    return calls.addVarying(call, "pad", call.result().shapes(), List.of(x), settings);
  }

  private static Shape inserted(Shape shape, int axis) {
    int[] extents = new int[shape.rank() + 1];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i == axis ? 1 : shape.dim(i < axis ? i : i - 1);
    }
    return Shape.of(extents);
  }
}
