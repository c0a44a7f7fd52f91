package io.github.trimaran.onnx.write;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.write.Simplification.Calls;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Indices that are the same along the other axes take whole slices: a Gather. */
final class GatherRules {

  private GatherRules() {}

  static Item simpler(Call call, Calls calls) {
    return switch (call.operation()) {
      case "gather" -> gather(call, calls);
      case "add" -> addedToZeros(call);
      default -> null;
    };
  }

  private static Item addedToZeros(Call call) {
    Item zeros = call.operands().get(0);
    Item sums = call.operands().get(1);
    return sums.isOf("scatterAdd")
            && zeros.isFilledWith(0)
            && sums.hasShapes(call.result().shapes())
        ? sums
        : null;
  }

  private static Item gather(Call call, Calls calls) {
    Item a = call.operands().get(0);
    int axis = (Integer) call.setting(0);
    Item indices = line(call.operands().get(1), axis);
    if (indices == null) {
      Item own = fromEnd(call.operands().get(1));
      return own == call.operands().get(1)
          ? null
          : calls.instead(call, "gather", List.of(a, own), axis);
    }
    indices = fromEnd(indices);
    Shape[] shapes = new Shape[a.runs()];
    for (int run = 0; run < shapes.length; run++) {
      shapes[run] = taken(a.shape(run), axis, indices.shape(run));
    }
    Item taken = calls.add(call, "take", shapes, List.of(a, indices), axis);
    return calls.reshaped(call, taken, call.result().shapes());
  }

  private static Shape taken(Shape a, int axis, Shape indices) {
    int[] before = Arrays.copyOf(a.dims(), axis);
    int[] after = Arrays.copyOfRange(a.dims(), axis + 1, a.rank());
    return Shape.of(
        IntStream.concat(
                IntStream.concat(Arrays.stream(before), Arrays.stream(indices.dims())),
                Arrays.stream(after))
            .toArray());
  }

  /** The indices along the axis, of any shape, if they are alike along the others; else null. */
  private static Item line(Item indices, int axis) {
    if (indices.isConstant()) {
      return constantLine(indices, axis);
    }
    Item one = indices.isOf("broadcastTo") ? indices.operand(0) : indices;
    if (one.rank() != indices.rank()) {
      return null;
    }
    for (Shape shape : one.shapes()) {
      if (shape.size() != shape.dim(axis)) {
        return null;
      }
    }
    return one.isOf("reshape") ? one.operand(0) : one;
  }

  private static Item constantLine(Item indices, int axis) {
    Shape[] shapes = new Shape[indices.runs()];
    HostArray[] lines = new HostArray[indices.runs()];
    for (int run = 0; run < lines.length; run++) {
      HostArray all = indices.value(run);
      if (all.shape().isEmpty()) {
        return null;
      }
      int inner = all.shape().strides()[axis];
      shapes[run] = Shape.of(all.shape().dim(axis));
      lines[run] = HostArray.zeros(shapes[run], DType.INT64);
      for (int i = 0; i < shapes[run].size(); i++) {
        lines[run].longs()[i] = all.longs()[i * inner];
      }
      for (int i = 0; i < all.shape().size(); i++) {
        if (all.longs()[i] != lines[run].longs()[i / inner % shapes[run].size()]) {
          return null;
        }
      }
    }
    return new Item(Traced.Kind.CONSTANT, DType.INT64, null, shapes, lines);
  }

  /** ONNX counts negative indices from the end itself. */
  private static Item fromEnd(Item indices) {
    if (!indices.isOf("where")) {
      return indices;
    }
    Item own = indices.operand(2);
    Item negative = indices.operand(0);
    Item moved = indices.operand(1);
    boolean counted =
        negative.isOf("greater")
            && negative.operand(0).isFilledWith(0)
            && negative.operand(1) == own
            && moved.isOf("add")
            && moved.operand(0) == own
            && moved.operand(1).isNumber();
    return counted ? own : indices;
  }
}
