package io.github.trimaran.onnx.write;

import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.write.Simplification.Calls;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reductions that keep their axes, means, and softmax. */
final class SumRules {

  private static final Set<String> REDUCTIONS = Set.of("sum", "max", "mean");

  private SumRules() {}

  static Item simpler(Call call, Calls calls) {
    return switch (call.operation()) {
      case "sum", "max" -> call.numbers(0).length == 0 ? call.operands().get(0) : null;
      case "div" -> {
        Item mean = mean(call, calls);
        yield mean == null ? shares(call, calls) : mean;
      }
      case "exp" ->
          call.operands().get(0).isOf("logSoftmax")
              ? calls.instead(
                  call,
                  "softmax",
                  List.of(call.operands().get(0).operand(0)),
                  call.operands().get(0).maker().setting(0))
              : null;
      default -> null;
    };
  }

  /** The axes that a reduction goes over, with extents of 1 after it or without. */
  static Item reshaped(Item from, Call call, Calls calls) {
    if (from.maker() == null || !REDUCTIONS.contains(from.maker().operation())) {
      return null;
    }
    int[] axes = from.maker().numbers(0);
    Item of = from.operand(0);
    Shape[] wanted = call.result().shapes();
    for (int run = 0; run < wanted.length; run++) {
      boolean kept = wanted[run].equals(of.shape(run).withOnes(axes));
      boolean gone = wanted[run].equals(of.shape(run).without(axes));
      if (!kept && !gone) {
        return null;
      }
    }
    return calls.instead(call, from.maker().operation(), List.of(of), (Object) axes);
  }

  private static Item mean(Call call, Calls calls) {
    Item sum = call.operands().get(0);
    Item count = call.operands().get(1);
    if (!sum.isOf("sum") || !count.isNumber()) {
      return null;
    }
    int[] axes = sum.maker().numbers(0);
    Item of = sum.operand(0);
    for (int run = 0; run < of.runs(); run++) {
      Shape shape = of.shape(run);
      double size = Arrays.stream(axes).mapToDouble(shape::dim).reduce(1, (m, n) -> m * n);
      if (count.value(run).get(0) != size) {
        return null;
      }
    }
    return calls.instead(call, "mean", List.of(of), (Object) axes);
  }

  /** Whether it is a reduction of that item that keeps the axes, over these or, for null, any. */
  static boolean keeps(Item item, String operation, Item of, int... axes) {
    return item.isOf(operation)
        && item.operand(0) == of
        && item.rank() == of.rank()
        && (axes.length == 0 || Arrays.equals(item.maker().numbers(0), axes));
  }

  /** Exponentials of the distances from the largest, by their sum. */
  private static Item shares(Call call, Calls calls) {
    Item exponentials = call.operands().get(0);
    Item sum = call.operands().get(1);
    if (!exponentials.isOf("exp")
        || !keeps(sum, "sum", exponentials)
        || sum.maker().numbers(0).length != 1
        || !exponentials.operand(0).isOf("sub")) {
      return null;
    }
    Call shifted = exponentials.operand(0).maker();
    Item x = shifted.operands().get(0);
    int[] axes = sum.maker().numbers(0);
    return keeps(shifted.operands().get(1), "max", x, axes)
        ? calls.instead(call, "softmax", List.of(x), (Object) axes[0])
        : null;
  }
}
