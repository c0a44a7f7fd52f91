package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Arithmetic, comparisons and logic of small arrays on the host, broadcasting. */
final class HostMath {

  /** Of two numbers, as integers and as floats. */
  private record Binary(LongBinaryOperator integers, DoubleBinaryOperator floats) {}

  /** Of one number. */
  private record Unary(LongUnaryOperator integers, DoubleUnaryOperator floats) {}

  private static final Map<String, Binary> ARITHMETIC =
      Map.of(
          "Add", new Binary(Long::sum, Double::sum),
          "Sub", new Binary((a, b) -> a - b, (a, b) -> a - b),
          "Mul", new Binary((a, b) -> a * b, (a, b) -> a * b),
          "Div", new Binary((a, b) -> a / b, (a, b) -> a / b),
          "Max", new Binary(Math::max, Math::max),
          "Min", new Binary(Math::min, Math::min));

  private static final Map<String, Unary> FUNCTIONS =
      Map.of(
          "Neg", new Unary(a -> -a, a -> -a),
          "Abs", new Unary(Math::abs, Math::abs),
          "Floor", new Unary(a -> a, Math::floor),
          "Ceil", new Unary(a -> a, Math::ceil),
          "Round", new Unary(a -> a, Math::rint),
          "Sqrt", new Unary(null, Math::sqrt));

  /** Of a sign of a comparison: 1, 0 or -1, or 2 where either is no number. */
  private static final Map<String, IntPredicate> COMPARISONS =
      Map.of(
          "Equal", sign -> sign == 0,
          "Greater", sign -> sign == 1,
          "GreaterOrEqual", sign -> sign == 1 || sign == 0,
          "Less", sign -> sign == -1,
          "LessOrEqual", sign -> sign == -1 || sign == 0,
          "And", sign -> false,
          "Or", sign -> false,
          "Xor", sign -> false);

  private HostMath() {}

  /** The result, or null for an operator that is none of these or a type that it does not take. */
  static HostArray elementwise(Call call) {
    String name = call.node().operator();
    int count = call.inputs().size();
    if (count == 1 && FUNCTIONS.containsKey(name)) {
      return unary(FUNCTIONS.get(name), call.value(0).host());
    } else if (count == 1 && name.equals("Not")) {
      return not(call.value(0).host());
    } else if (count == 2 && ARITHMETIC.containsKey(name)) {
      return arithmetic(call, name);
    } else if (count == 2 && COMPARISONS.containsKey(name)) {
      return comparison(call, name);
    } else if (name.equals("Where")) {
      return where(call);
    }
    return null;
  }

  static HostArray cast(HostArray a, DType type) {
    return a.dtype() == type ? a : a.to(type);
  }

  private static HostArray unary(Unary function, HostArray a) {
    if (a.dtype() == DType.BOOL || (a.dtype() == DType.INT64 && function.integers() == null)) {
      return null;
    }
    HostArray result = HostArray.zeros(a.shape(), a.dtype());
    for (int i = 0; i < a.shape().size(); i++) {
      if (a.dtype() == DType.INT64) {
        result.longs()[i] = function.integers().applyAsLong(a.longs()[i]);
      } else {
        result.set(i, function.floats().applyAsDouble(a.get(i)));
      }
    }
    return result;
  }

  private static HostArray not(HostArray a) {
    if (a.dtype() != DType.BOOL) {
      return null;
    }
    HostArray result = HostArray.zeros(a.shape(), DType.BOOL);
    for (int i = 0; i < a.shape().size(); i++) {
      result.booleans()[i] = !a.booleans()[i];
    }
    return result;
  }

  private static HostArray[] aligned(Call call, int first) {
    HostArray a = call.value(first).host();
    HostArray b = call.value(first + 1).host();
    Shape shape = Shape.broadcast(call.node().operator(), a.shape(), b.shape());
    return new HostArray[] {HostFolding.broadcast(a, shape), HostFolding.broadcast(b, shape)};
  }

  private static HostArray arithmetic(Call call, String name) {
    HostArray[] both = aligned(call, 0);
    DType type = both[0].dtype();
    if (type != both[1].dtype() || type == DType.BOOL) {
      return null;
    }
    Binary function = ARITHMETIC.get(name);
    HostArray result = HostArray.zeros(both[0].shape(), type);
    for (int i = 0; i < result.shape().size(); i++) {
      if (type == DType.INT64) {
        result.longs()[i] = function.integers().applyAsLong(both[0].longs()[i], both[1].longs()[i]);
      } else {
        result.set(i, function.floats().applyAsDouble(both[0].get(i), both[1].get(i)));
      }
    }
    return result;
  }

  private static HostArray comparison(Call call, String name) {
    HostArray[] both = aligned(call, 0);
    boolean logic = both[0].dtype() == DType.BOOL;
    if (both[0].dtype() != both[1].dtype()) {
      return null;
    }
    HostArray result = HostArray.zeros(both[0].shape(), DType.BOOL);
    for (int i = 0; i < result.shape().size(); i++) {
      result.booleans()[i] =
          switch (name) {
            case "And" -> logic && both[0].booleans()[i] && both[1].booleans()[i];
            case "Or" -> logic && (both[0].booleans()[i] || both[1].booleans()[i]);
            case "Xor" -> logic && (both[0].booleans()[i] ^ both[1].booleans()[i]);
            default -> COMPARISONS.get(name).test(sign(both[0], both[1], i));
          };
    }
    return result;
  }

  private static int sign(HostArray a, HostArray b, int i) {
    if (a.dtype() == DType.INT64) {
      return Long.compare(a.longs()[i], b.longs()[i]);
    }
    double x = a.get(i);
    double y = b.get(i);
    return x > y ? 1 : x < y ? -1 : x == y ? 0 : 2;
  }

  private static HostArray where(Call call) {
    HostArray condition = call.value(0).host();
    HostArray[] both = aligned(call, 1);
    if (both[0].dtype() != both[1].dtype() || condition.dtype() != DType.BOOL) {
      return null;
    }
    Shape shape = Shape.broadcast("Where", condition.shape(), both[0].shape());
    HostArray chosen = HostFolding.broadcast(condition, shape);
    HostArray a = HostFolding.broadcast(both[0], shape);
    HostArray b = HostFolding.broadcast(both[1], shape);
    HostArray result = HostArray.zeros(shape, a.dtype());
    for (int i = 0; i < shape.size(); i++) {
      HostArray from = chosen.booleans()[i] ? a : b;
      if (a.dtype() == DType.INT64) {
        result.longs()[i] = from.longs()[i];
      } else {
        result.set(i, from.get(i));
      }
    }
    return result;
  }
}
