package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Comparisons, logic, and the choice by them. */
final class Comparisons {

  private Comparisons() {}

  static void register(Map<String, Operator> all) {
    binary(all, "Equal", Tensor::eq);
    binary(all, "Greater", Tensor::greater);
    binary(all, "GreaterOrEqual", Tensor::greaterEqual);
    binary(all, "Less", Tensor::less);
    binary(all, "LessOrEqual", Tensor::lessEqual);
    binary(all, "And", Tensor::logicalAnd);
    binary(all, "Or", Tensor::logicalOr);
    binary(all, "Xor", Tensor::ne);
    all.put("Not", Operator.of("", 1, 1, c -> c.tensor(0).logicalNot()));
    all.put("IsNaN", Operator.of("", 1, 1, c -> c.tensor(0).isNaN()));
    all.put("IsInf", Operator.of("detect_negative:i detect_positive:i", 1, 1, Comparisons::isInf));
    all.put(
        "Where", Operator.of("", 3, 3, c -> Tensor.where(c.tensor(0), c.tensor(1), c.tensor(2))));
  }

  private static void binary(
      Map<String, Operator> all, String name, BinaryOperator<Tensor> function) {
    all.put(name, Operator.of("", 2, 2, c -> function.apply(c.tensor(0), c.tensor(1))));
  }

  private static Tensor isInf(Call call) {
    Tensor x = call.tensor(0);
    Tensor none = Tensor.zeros(call.backend(), x.shape(), DType.BOOL);
    Tensor above =
        call.node().flag("detect_positive", true) ? x.eq(Double.POSITIVE_INFINITY) : none;
    return call.node().flag("detect_negative", true)
        ? above.logicalOr(x.eq(Double.NEGATIVE_INFINITY))
        : above;
  }
}
