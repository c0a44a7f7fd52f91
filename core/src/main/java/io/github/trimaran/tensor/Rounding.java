package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;

/**
 * To whole numbers. Steps have the derivative 0 between their jumps, so nothing here is recorded;
 * integers are whole already.
 */
final class Rounding {

  private Rounding() {}

  /** To the nearest, half to even. */
  static Tensor round(Tensor a) {
    Op.requireNumeric("round", a);
    if (!a.dtype().isFloating()) {
      return Op.alias(a);
    }
    Tensor x = a.detach();
    Tensor size = x.abs();
    // Floats from here on have no bits left for a fraction: adding this rounds it off, half to
    // even, and what is as large already is whole. NaN and infinities stay as they are.
    double whole = a.dtype() == DType.FLOAT32 ? 0x1p23 : 0x1p52;
    Tensor rounded = size.add(whole).sub(whole).mul(x.sign());
    return where(size.less(whole), rounded, x);
  }

  static Tensor floor(Tensor a) {
    Op.requireNumeric("floor", a);
    Tensor rounded = round(a);
    return a.dtype().isFloating()
        ? where(rounded.greater(a.detach()), rounded.sub(1), rounded)
        : rounded;
  }

  static Tensor ceil(Tensor a) {
    Op.requireNumeric("ceil", a);
    Tensor rounded = round(a);
    return a.dtype().isFloating()
        ? where(rounded.less(a.detach()), rounded.add(1), rounded)
        : rounded;
  }

  /**
   * A choice of values of one shape, as a result that depends on none of them: who asks for its
   * gradient is told that steps have no derivative, not of the {@code detach()} in here.
   */
  private static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Object array = a.backend().where(condition.array(), a.array(), b.array());
    return Op.constant(a.backend(), array, a.shape(), a.dtype());
  }
}
