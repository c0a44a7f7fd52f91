package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Arithmetic and functions of each element. Operands broadcast as NumPy's. */
final class Elementwise {

  private static final int MANY = Integer.MAX_VALUE;

  private Elementwise() {}

  static void register(Map<String, Operator> all) {
    binary(all, "Add", Tensor::add);
    binary(all, "Sub", Tensor::sub);
    binary(all, "Mul", Tensor::mul);
    binary(all, "Div", Elementwise::div);
    all.put("Pow", Operator.of("", 2, 2, Elementwise::pow));
    all.put("Mod", Operator.of("fmod:i", 2, 2, Elementwise::mod));
    variadic(all, "Sum", Tensor::add);
    variadic(all, "Max", Tensor::maximum);
    variadic(all, "Min", Tensor::minimum);
    all.put(
        "Mean",
        Operator.of(
            "",
            1,
            MANY,
            c -> c.tensors().stream().reduce(Tensor::add).get().div(c.inputs().size())));

    unary(all, "Identity", x -> x);
    unary(all, "Neg", Tensor::neg);
    unary(all, "Abs", Tensor::abs);
    unary(all, "Sign", Tensor::sign);
    unary(all, "Exp", Tensor::exp);
    unary(all, "Log", Tensor::log);
    unary(all, "Sqrt", Tensor::sqrt);
    unary(all, "Reciprocal", Tensor::reciprocal);
    unary(all, "Sin", Tensor::sin);
    unary(all, "Cos", Tensor::cos);
    unary(all, "Tan", x -> x.sin().div(x.cos()));
    unary(all, "Sinh", x -> x.expm1().sub(x.neg().expm1()).mul(0.5));
    unary(all, "Cosh", x -> x.exp().add(x.neg().exp()).mul(0.5));
    unary(all, "Tanh", Tensor::tanh);
    unary(all, "Erf", Tensor::erf);
    unary(all, "Floor", Tensor::floor);
    unary(all, "Ceil", Tensor::ceil);
    unary(all, "Round", Tensor::round);
    all.put("Clip", Operator.of("min:f max:f", 1, 3, Elementwise::clip));
  }

  private static void unary(
      Map<String, Operator> all, String name, UnaryOperator<Tensor> function) {
    all.put(name, Operator.of("", 1, 1, c -> function.apply(c.tensor(0))));
  }

  private static void binary(
      Map<String, Operator> all, String name, BinaryOperator<Tensor> function) {
    all.put(name, Operator.of("", 2, 2, c -> function.apply(c.tensor(0), c.tensor(1))));
  }

  private static void variadic(
      Map<String, Operator> all, String name, BinaryOperator<Tensor> function) {
    all.put(name, Operator.of("", 1, MANY, c -> c.tensors().stream().reduce(function).get()));
  }

  /** Integers are divided towards 0; exact for quotients below 2^53. */
  private static Tensor div(Tensor a, Tensor b) {
    return a.dtype().isFloating() ? a.div(b) : wide(a).div(wide(b)).to(DType.INT64);
  }

  private static Tensor wide(Tensor integers) {
    return integers.to(DType.FLOAT64);
  }

  /** The exponent may be of another type; the result is of the base's. */
  private static Tensor pow(Call call) {
    Tensor base = call.tensor(0);
    Tensor floating = base.dtype().isFloating() ? base : wide(base);
    if (call.value(1).isHost()
        && call.shape(1).size() == 1
        && call.shape(1).rank() <= base.shape().rank()) {
      return floating.pow(call.number(1)).to(base.dtype());
    }
    return floating.pow(call.tensor(1).to(floating.dtype())).to(base.dtype());
  }

  /** With fmod the sign is the dividend's, as in C; without it the divisor's, as in Python. */
  private static Tensor mod(Call call) {
    Tensor a = call.tensor(0);
    Tensor b = call.tensor(1);
    if (call.node().flag("fmod", false)) {
      Tensor whole =
          a.dtype().isFloating() ? truncated(a.div(b)) : wide(a).div(wide(b)).to(DType.INT64);
      return a.sub(whole.mul(b));
    }
    if (a.dtype().isFloating()) {
      return a.sub(a.div(b).floor().mul(b));
    }
    return a.sub(wide(a).div(wide(b)).floor().to(DType.INT64).mul(b));
  }

  private static Tensor truncated(Tensor x) {
    return x.abs().floor().mul(x.sign());
  }

  /** Bounds are attributes before version 11, then inputs; either may be missing. */
  private static Tensor clip(Call call) {
    Tensor x = call.tensor(0);
    boolean known =
        (!call.has(1) || call.value(1).isHost()) && (!call.has(2) || call.value(2).isHost());
    if (known) {
      double min =
          call.has(1) ? call.number(1) : call.node().number("min", Double.NEGATIVE_INFINITY);
      double max =
          call.has(2) ? call.number(2) : call.node().number("max", Double.POSITIVE_INFINITY);
      // Where the bounds have changed places, the upper one wins.
      return x.clamp(Math.min(min, max), max);
    }
    Tensor above = call.has(1) ? x.maximum(call.tensor(1)) : x;
    return call.has(2) ? above.minimum(call.tensor(2)) : above;
  }
}
