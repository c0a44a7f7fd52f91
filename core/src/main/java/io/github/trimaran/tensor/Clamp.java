package io.github.trimaran.tensor;

/** Values kept between bounds. */
final class Clamp {

  private Clamp() {}

  /** An infinite bound is none. The gradient passes between the bounds and on them. */
  static Tensor clamp(Tensor a, double min, double max) {
    Op.requireNumeric("clamp", a);
    if (!(min <= max)) {
      throw Op.error("clamp", "min " + min + " must be at most max " + max, a);
    }
    Tensor value = a.detach();
    if (min != Double.NEGATIVE_INFINITY) {
      value = value.maximum(Op.number("clamp", a, min));
    }
    if (max != Double.POSITIVE_INFINITY) {
      value = value.minimum(Op.number("clamp", a, max));
    }
    // Where the value is the operand itself: not at NaN.
    Rule rule =
        Rule.byResult(
            (g, y) -> Tensor.where(y.detach().eq(a), g, Tensor.scalar(g.backend(), 0, g.dtype())));
    return Op.composed("clamp", value, rule, a);
  }
}
