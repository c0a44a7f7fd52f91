package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;

/** Comparisons, logic, and the choice by them. */
final class Comparisons {

  private Comparisons() {}

  static void register(Map<String, Operator> all) {
    all.put("Equal", Operator.binary(Tensor::eq));
    all.put("Greater", Operator.binary(Tensor::greater));
    all.put("GreaterOrEqual", Operator.binary(Tensor::greaterEqual));
    all.put("Less", Operator.binary(Tensor::less));
    all.put("LessOrEqual", Operator.binary(Tensor::lessEqual));
    all.put("And", Operator.binary(Tensor::logicalAnd));
    all.put("Or", Operator.binary(Tensor::logicalOr));
    all.put("Xor", Operator.binary(Tensor::ne));
    all.put("Not", Operator.of("", 1, 1, c -> c.tensor(0).logicalNot()));
    all.put("IsNaN", Operator.of("", 1, 1, c -> c.tensor(0).isNaN()));
    all.put("IsInf", Operator.of("detect_negative:i detect_positive:i", 1, 1, Comparisons::isInf));
    all.put(
        "Where", Operator.of("", 3, 3, c -> Tensor.where(c.tensor(0), c.tensor(1), c.tensor(2))));
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
