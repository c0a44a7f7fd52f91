package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Arithmetic and functions of each element. Operands broadcast as NumPy's. */
final class Elementwise {

  private static final int MANY = Integer.MAX_VALUE;

  private Elementwise() {}

  static void register(Map<String, Operator> all) {
    all.put("Add", Operator.binary(Tensor::add));
    all.put("Sub", Operator.binary(Tensor::sub));
    all.put("Mul", Operator.binary(Tensor::mul));
    all.put("Div", Operator.binary(Elementwise::div));
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

    all.put("Identity", Operator.unary(x -> x));
    all.put("Neg", Operator.unary(Tensor::neg));
    all.put("Abs", Operator.unary(Tensor::abs));
    all.put("Sign", Operator.unary(Tensor::sign));
    all.put("Exp", Operator.unary(Tensor::exp));
    all.put("Log", Operator.unary(Tensor::log));
    all.put("Sqrt", Operator.unary(Tensor::sqrt));
    all.put("Reciprocal", Operator.unary(Tensor::reciprocal));
    all.put("Sin", Operator.unary(Tensor::sin));
    all.put("Cos", Operator.unary(Tensor::cos));
    all.put("Tan", Operator.unary(x -> x.sin().div(x.cos())));
    all.put("Sinh", Operator.unary(x -> x.expm1().sub(x.neg().expm1()).mul(0.5)));
    all.put("Cosh", Operator.unary(x -> x.exp().add(x.neg().exp()).mul(0.5)));
    all.put("Tanh", Operator.unary(Tensor::tanh));
    all.put("Erf", Operator.unary(Tensor::erf));
    all.put("Floor", Operator.unary(Tensor::floor));
    all.put("Ceil", Operator.unary(Tensor::ceil));
    all.put("Round", Operator.unary(Tensor::round));
    all.put("Clip", Operator.of("min:f max:f", 1, 3, Elementwise::clip));
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
      Tensor whole = a.dtype().isFloating() ? truncated(a.div(b)) : div(a, b);
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
