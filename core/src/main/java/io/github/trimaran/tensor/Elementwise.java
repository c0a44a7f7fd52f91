package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import java.util.Optional;

/** Elementwise arithmetic and functions, with their derivatives. */
final class Elementwise {

  private Elementwise() {}

  /** A backend method of two operands. */
  @FunctionalInterface
  interface Binary {
    Object apply(Backend<Object> backend, Object a, Object b);
  }

  /** A backend method of one operand. */
  @FunctionalInterface
  interface Unary {
    Object apply(Backend<Object> backend, Object a);
  }

  // ---- of two operands, broadcasting ----------------------------------------------------------

  static Tensor add(Tensor a, Tensor b) {
    Op.requireNumeric("add", a);
    return binary("add", a, b, Backend::add, Rule.each(g -> g, g -> g));
  }

  static Tensor sub(Tensor a, Tensor b) {
    Op.requireNumeric("sub", a);
    return binary("sub", a, b, Backend::sub, Rule.each(g -> g, g -> g.neg()));
  }

  static Tensor mul(Tensor a, Tensor b) {
    Op.requireNumeric("mul", a);
    return binary("mul", a, b, Backend::mul, Rule.each(g -> g.mul(b), g -> g.mul(a)));
  }

  static Tensor div(Tensor a, Tensor b) {
    Op.requireFloating("div", a);
    return binary(
        "div", a, b, Backend::div, Rule.each(g -> g.div(b), g -> g.mul(a).div(b.mul(b)).neg()));
  }

  /** Equal operands share the gradient evenly, as in PyTorch. */
  static Tensor maximum(Tensor a, Tensor b) {
    Op.requireNumeric("maximum", a);
    return binary(
        "maximum",
        a,
        b,
        Backend::maximum,
        Rule.each(g -> g.mul(shareAbove(a, b)), g -> g.mul(shareAbove(b, a))));
  }

  static Tensor minimum(Tensor a, Tensor b) {
    Op.requireNumeric("minimum", a);
    return binary(
        "minimum",
        a,
        b,
        Backend::minimum,
        Rule.each(g -> g.mul(shareAbove(b, a)), g -> g.mul(shareAbove(a, b))));
  }

  /** 1 where a is above b, one half where they are equal, else 0. */
  private static Tensor shareAbove(Tensor a, Tensor b) {
    return a.greater(b).to(a.dtype()).add(a.greaterEqual(b).to(a.dtype())).mul(0.5);
  }

  static Tensor pow(Tensor a, Tensor b) {
    Op.requireFloating("pow", a);
    return binary(
        "pow",
        a,
        b,
        Backend::pow,
        (g, y, wanted) ->
            new Tensor[] {
              wanted[0] ? g.mul(powByBase(a, b)) : null,
              wanted[1] ? g.mul(powByExponent(a, b)) : null
            });
  }

  /** b a^(b-1), which is 0 for an exponent of 0 whatever the base. */
  private static Tensor powByBase(Tensor a, Tensor b) {
    Tensor zero = Tensor.scalar(b.backend(), 0, b.dtype());
    return Tensor.where(b.eq(zero), zero, b.mul(a.pow(b.sub(1))));
  }

  /** a^b log a, which tends to 0 at a base of 0 for exponents that are not negative. */
  private static Tensor powByExponent(Tensor a, Tensor b) {
    Tensor zero = Tensor.scalar(b.backend(), 0, b.dtype());
    Tensor atZero = a.eq(zero).logicalAnd(b.greaterEqual(zero));
    Tensor base = Tensor.where(atZero, Tensor.scalar(a.backend(), 1, a.dtype()), a);
    return Tensor.where(atZero, zero, a.pow(b).mul(base.log()));
  }

  private static Tensor binary(String name, Tensor a, Tensor b, Binary method, Rule rule) {
    DType dtype = Op.commonDType(name, a, b);
    Shape shape = Shape.broadcast(name, a.shape(), b.shape());
    Object array = method.apply(a.backend(), a.array(), b.array());
    return Op.record(name, array, shape, dtype, rule, a, b);
  }

  // ---- with a number --------------------------------------------------------------------------

  static Tensor add(Tensor a, double c) {
    Op.requireNumeric("add", a);
    Op.requireHolds("add", a.dtype(), c);
    return plus("add", a, c);
  }

  static Tensor sub(Tensor a, double c) {
    Op.requireNumeric("sub", a);
    Op.requireHolds("sub", a.dtype(), c);
    return plus("sub", a, -c);
  }

  private static Tensor plus(String name, Tensor a, double c) {
    return a.backend()
        .addScalar(a.array(), c)
        .map(array -> same(name, a, array, Rule.each(g -> g)))
        .orElseGet(() -> add(a, Tensor.scalar(a.backend(), c, a.dtype())));
  }

  static Tensor mul(Tensor a, double c) {
    Op.requireNumeric("mul", a);
    Op.requireHolds("mul", a.dtype(), c);
    return a.backend()
        .mulScalar(a.array(), c)
        .map(array -> same("mul", a, array, Rule.each(g -> g.mul(c))))
        .orElseGet(() -> mul(a, Tensor.scalar(a.backend(), c, a.dtype())));
  }

  static Tensor div(Tensor a, double c) {
    Op.requireFloating("div", a);
    Op.requireHolds("div", a.dtype(), c);
    return a.backend()
        .divScalar(a.array(), c)
        .map(array -> same("div", a, array, Rule.each(g -> g.div(c))))
        .orElseGet(() -> div(a, Tensor.scalar(a.backend(), c, a.dtype())));
  }

  static Tensor pow(Tensor a, double c) {
    Op.requireFloating("pow", a);
    Op.requireHolds("pow", a.dtype(), c);
    return a.backend()
        .powScalar(a.array(), c)
        .map(array -> same("pow", a, array, Rule.each(g -> powGrad(a, c, g))))
        .orElseGet(() -> pow(a, Tensor.scalar(a.backend(), c, a.dtype())));
  }

  private static Tensor powGrad(Tensor a, double c, Tensor g) {
    return c == 0 ? g.mul(0) : g.mul(a.pow(c - 1)).mul(c);
  }

  // ---- of one operand -------------------------------------------------------------------------

  static Tensor neg(Tensor a) {
    Op.requireNumeric("neg", a);
    return unary("neg", a, Backend::neg, (g, y) -> g.neg());
  }

  static Tensor exp(Tensor a) {
    return function("exp", a, Backend::exp, (g, y) -> g.mul(y));
  }

  static Tensor log(Tensor a) {
    return function("log", a, Backend::log, (g, y) -> g.div(a));
  }

  static Tensor sqrt(Tensor a) {
    return function("sqrt", a, Backend::sqrt, (g, y) -> g.div(y).mul(0.5));
  }

  static Tensor square(Tensor a) {
    Op.requireNumeric("square", a);
    return a.mul(a);
  }

  static Tensor rsqrt(Tensor a) {
    Op.requireFloating("rsqrt", a);
    return a.sqrt().reciprocal();
  }

  static Tensor sin(Tensor a) {
    return function("sin", a, Backend::sin, (g, y) -> g.mul(a.cos()));
  }

  static Tensor cos(Tensor a) {
    return function("cos", a, Backend::cos, (g, y) -> g.mul(a.sin()).neg());
  }

  static Tensor tanh(Tensor a) {
    return function("tanh", a, Backend::tanh, (g, y) -> g.sub(g.mul(y).mul(y)));
  }

  /** Its derivative is {@code 2 / sqrt(pi) exp(-x^2)}. */
  static Tensor erf(Tensor a) {
    return function(
        "erf", a, Backend::erf, (g, y) -> g.mul(a.mul(a).neg().exp()).mul(2 / Math.sqrt(Math.PI)));
  }

  static Tensor abs(Tensor a) {
    Op.requireNumeric("abs", a);
    return unary("abs", a, Backend::abs, (g, y) -> g.mul(a.sign()));
  }

  /** Constant but at 0: its derivative is 0. */
  static Tensor sign(Tensor a) {
    Op.requireNumeric("sign", a);
    return Op.constant(a.backend(), a.backend().sign(a.array()), a.shape(), a.dtype());
  }

  /** Both float dtypes pass the gradient on; the others cut it. */
  static Tensor cast(Tensor a, DType dtype) {
    if (a.dtype() == dtype) {
      return Op.alias(a);
    }
    Object array = a.backend().cast(a.array(), dtype);
    return Op.record("cast", array, a.shape(), dtype, Rule.each(g -> g.to(a.dtype())), a);
  }

  private static Tensor function(String name, Tensor a, Unary method, Rule.ResultVjp rule) {
    Op.requireFloating(name, a);
    return unary(name, a, method, rule);
  }

  private static Tensor unary(String name, Tensor a, Unary method, Rule.ResultVjp rule) {
    return same(name, a, method.apply(a.backend(), a.array()), Rule.byResult(rule));
  }

  /** Records a result of {@code a}'s shape and dtype. */
  static Tensor same(String name, Tensor a, Object array, Rule rule) {
    return Op.record(name, array, a.shape(), a.dtype(), rule, a);
  }

  // ---- activations ----------------------------------------------------------------------------

  static Tensor relu(Tensor a) {
    Op.requireFloating("relu", a);
    Optional<Object> fused = a.backend().relu(a.array());
    Object array = fused.isPresent() ? fused.get() : composedRelu(a);
    return same("relu", a, array, Rule.byResult(Elementwise::reluGrad));
  }

  private static Object composedRelu(Tensor a) {
    Tensor zero = Tensor.scalar(a.backend(), 0, a.dtype());
    return a.backend().maximum(a.array(), zero.array());
  }

  /** Linear in the gradient: its own derivative is itself. Passes nothing on to the output. */
  static Tensor reluGrad(Tensor g, Tensor output) {
    Tensor mask = output.detach();
    Optional<Object> fused = g.backend().reluGrad(g.array(), mask.array());
    if (fused.isEmpty()) {
      Tensor zero = Tensor.scalar(g.backend(), 0, g.dtype());
      return Tensor.where(mask.greater(zero), g, zero);
    }
    return same("reluGrad", g, fused.get(), Rule.each(g2 -> reluGrad(g2, mask)));
  }

  static Tensor sigmoid(Tensor a) {
    Op.requireFloating("sigmoid", a);
    Optional<Object> fused = a.backend().sigmoid(a.array());
    if (fused.isEmpty()) {
      // 1/(1 + e^-x) = (1 + tanh(x/2))/2, which cannot overflow.
      return a.mul(0.5).tanh().add(1).mul(0.5);
    }
    Rule rule = Rule.byResult((g, y) -> g.mul(y).mul(y.neg().add(1)));
    return same("sigmoid", a, fused.get(), rule);
  }

  static Tensor gelu(Tensor a) {
    Op.requireFloating("gelu", a);
    Optional<Object> fused = a.backend().gelu(a.array());
    if (fused.isEmpty()) {
      return composedGelu(a);
    }
    return Op.fused(
        "gelu",
        fused.get(),
        a.shape(),
        a.dtype(),
        (g, y, wanted) -> geluGrad(g, a),
        () -> composedGelu(a),
        a);
  }

  /** {@code x Phi(x)}, where {@code Phi(x) = (1 + erf(x / sqrt(2))) / 2}. */
  static Tensor geluExact(Tensor a) {
    Op.requireFloating("geluExact", a);
    return a.mul(a.mul(Math.sqrt(0.5)).erf().add(1)).mul(0.5);
  }

  private static Tensor[] geluGrad(Tensor g, Tensor a) {
    return a.backend()
        .geluGrad(g.array(), a.array())
        .map(array -> new Tensor[] {Op.constant(a.backend(), array, a.shape(), a.dtype())})
        .orElse(null);
  }

  private static Tensor composedGelu(Tensor a) {
    Tensor cube = a.mul(a).mul(a);
    Tensor gate = a.add(cube.mul(0.044715)).mul(Math.sqrt(2 / Math.PI)).tanh().add(1);
    return a.mul(gate).mul(0.5);
  }
}
