package io.github.trimaran.tensor;

/**
 * Logarithm and exponential about 1, without the loss of digits that {@code log(1 + x)} and {@code
 * exp(x) - 1} have for small x: both divide by the change that rounding really made (Goldberg 1991,
 * "What every computer scientist should know about floating-point arithmetic", theorem 4, and
 * Higham 2002, "Accuracy and stability of numerical algorithms", section 1.14.1).
 */
final class NearZero {

  private NearZero() {}

  /** {@code log(1 + x)}. */
  static Tensor log1p(Tensor a) {
    Op.requireFloating("log1p", a);
    Tensor x = a.detach();
    Tensor sum = x.add(1);
    Tensor log = sum.log();
    Tensor step = sum.sub(1);
    Tensor corrected = Tensor.where(step.eq(0), x, log.mul(x).div(step));
    Tensor value = Tensor.where(x.abs().less(0.5), corrected, log);
    return Op.composed("log1p", value, Rule.each(g -> g.div(a.add(1))), a);
  }

  /** {@code exp(x) - 1}. */
  static Tensor expm1(Tensor a) {
    Op.requireFloating("expm1", a);
    Tensor x = a.detach();
    Tensor exp = x.exp();
    Tensor step = exp.sub(1);
    Tensor corrected = Tensor.where(step.eq(0), x, step.mul(x).div(exp.log()));
    Tensor value = Tensor.where(x.abs().less(1), corrected, step);
    return Op.composed("expm1", value, Rule.each(g -> g.mul(a.exp())), a);
  }
}
