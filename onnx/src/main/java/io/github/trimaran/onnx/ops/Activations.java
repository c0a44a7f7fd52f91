package io.github.trimaran.onnx.ops;

import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;
import java.util.function.BiFunction;

/** Activation functions. Formulas and defaults are those of ONNX's description of its operators. */
final class Activations {

  private Activations() {}

  static void register(Map<String, Operator> all) {
    of(all, "Relu", "", (x, n) -> x.dtype().isFloating() ? x.relu() : x.maximum(0));
    of(all, "Sigmoid", "", (x, n) -> x.sigmoid());
    of(all, "Softsign", "", (x, n) -> x.div(x.abs().add(1)));
    of(all, "Softplus", "", (x, n) -> softplus(x));
    of(all, "Mish", "", (x, n) -> x.mul(softplus(x).tanh()));
    of(all, "LeakyRelu", "alpha:f", (x, n) -> leaky(x, n.number("alpha", 0.01f)));
    of(all, "ThresholdedRelu", "alpha:f", (x, n) -> above(x, n.number("alpha", 1)));
    of(all, "Elu", "alpha:f", (x, n) -> elu(x, n.number("alpha", 1)));
    of(all, "Celu", "alpha:f", Activations::celu);
    of(
        all,
        "Selu",
        "alpha:f gamma:f",
        (x, n) -> elu(x, n.number("alpha", 1.6732632f)).mul(n.number("gamma", 1.050701f)));
    of(
        all,
        "HardSigmoid",
        "alpha:f beta:f",
        (x, n) -> hardSigmoid(x, n.number("alpha", 0.2f), n.number("beta", 0.5f)));
    of(all, "HardSwish", "", (x, n) -> x.mul(hardSigmoid(x, 1.0 / 6, 0.5)));
    of(all, "Swish", "alpha:f", (x, n) -> x.mul(x.mul(n.number("alpha", 1)).sigmoid()));
    of(
        all,
        "Gelu",
        "approximate:s=none|tanh",
        (x, n) -> n.text("approximate", "none").equals("tanh") ? x.gelu() : x.geluExact());
    of(all, "Shrink", "bias:f lambd:f", Activations::shrink);
    all.put("PRelu", Operator.of("", 2, 2, c -> prelu(c.tensor(0), c.tensor(1))));
  }

  private static void of(
      Map<String, Operator> all,
      String name,
      String settings,
      BiFunction<Tensor, Node, Tensor> function) {
    all.put(name, Operator.of(settings, 1, 1, c -> function.apply(c.tensor(0), c.node())));
  }

  /** {@code log(1 + e^x)} without overflow. */
  static Tensor softplus(Tensor x) {
    return x.maximum(0).add(x.abs().neg().exp().log1p());
  }

  static Tensor leaky(Tensor x, double slope) {
    return Tensor.where(x.less(0), x.mul(slope), x);
  }

  static Tensor elu(Tensor x, double alpha) {
    return Tensor.where(x.less(0), x.minimum(0).expm1().mul(alpha), x);
  }

  private static Tensor celu(Tensor x, Node node) {
    double alpha = node.number("alpha", 1);
    return Tensor.where(x.less(0), x.minimum(0).div(alpha).expm1().mul(alpha), x);
  }

  static Tensor above(Tensor x, double threshold) {
    return Tensor.where(x.greater(threshold), x, Tensor.zerosLike(x));
  }

  static Tensor hardSigmoid(Tensor x, double alpha, double beta) {
    return x.mul(alpha).add(beta).clamp(0, 1);
  }

  private static Tensor shrink(Tensor x, Node node) {
    double bias = node.number("bias", 0);
    double lambda = node.number("lambd", 0.5f);
    Tensor zero = Tensor.zerosLike(x);
    return Tensor.where(
        x.less(-lambda), x.add(bias), Tensor.where(x.greater(lambda), x.sub(bias), zero));
  }

  private static Tensor prelu(Tensor x, Tensor slope) {
    return Tensor.where(x.less(0), x.mul(slope), x);
  }
}
