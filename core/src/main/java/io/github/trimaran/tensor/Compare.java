package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;

/** Comparisons, logic and selection. Truth values carry no gradient. */
final class Compare {

  private Compare() {}

  static Tensor greater(Tensor a, Tensor b) {
    Op.requireNumeric("greater", a);
    return bool("greater", a, b, Backend::greater);
  }

  static Tensor greaterEqual(Tensor a, Tensor b) {
    Op.requireNumeric("greaterEqual", a);
    return bool("greaterEqual", a, b, Backend::greaterEqual);
  }

  static Tensor less(Tensor a, Tensor b) {
    Op.requireNumeric("less", a);
    return bool("less", a, b, (backend, x, y) -> backend.greater(y, x));
  }

  static Tensor lessEqual(Tensor a, Tensor b) {
    Op.requireNumeric("lessEqual", a);
    return bool("lessEqual", a, b, (backend, x, y) -> backend.greaterEqual(y, x));
  }

  static Tensor equal(Tensor a, Tensor b) {
    return bool("eq", a, b, Backend::equal);
  }

  static Tensor notEqual(Tensor a, Tensor b) {
    return bool("ne", a, b, Backend::equal).logicalNot();
  }

  static Tensor isNaN(Tensor a) {
    Op.requireNumeric("isNaN", a);
    return a.ne(a);
  }

  static Tensor isFinite(Tensor a) {
    Op.requireNumeric("isFinite", a);
    return a.dtype().isFloating() ? a.abs().less(Double.POSITIVE_INFINITY) : a.eq(a);
  }

  static Tensor logicalAnd(Tensor a, Tensor b) {
    Op.requireDType("logicalAnd", "operand", a, DType.BOOL);
    return bool("logicalAnd", a, b, Backend::logicalAnd);
  }

  static Tensor logicalOr(Tensor a, Tensor b) {
    Op.requireDType("logicalOr", "operand", a, DType.BOOL);
    return bool("logicalOr", a, b, Backend::logicalOr);
  }

  static Tensor logicalNot(Tensor a) {
    Op.requireDType("logicalNot", "operand", a, DType.BOOL);
    return Op.constant(a.backend(), a.backend().logicalNot(a.array()), a.shape(), DType.BOOL);
  }

  private static Tensor bool(String name, Tensor a, Tensor b, Elementwise.Binary method) {
    Op.commonDType(name, a, b);
    Shape shape = Shape.broadcast(name, a.shape(), b.shape());
    return Op.constant(
        a.backend(), method.apply(a.backend(), a.array(), b.array()), shape, DType.BOOL);
  }

  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Op.requireDType("where", "condition", condition, DType.BOOL);
    Op.requireSameBackend("where", condition, a);
    DType dtype = Op.commonDType("where", a, b);
    Shape shape =
        Shape.broadcast("where", condition.shape(), Shape.broadcast("where", a.shape(), b.shape()));
    Object array = a.backend().where(condition.array(), a.array(), b.array());
    Rule rule =
        (g, y, wanted) -> {
          Tensor zero = Tensor.scalar(g.backend(), 0, g.dtype());
          return new Tensor[] {
            wanted[0] ? where(condition, g, zero) : null,
            wanted[1] ? where(condition, zero, g) : null
          };
        };
    return Op.record("where", array, shape, dtype, rule, a, b);
  }

  /** NumPy's {@code allclose}, without broadcasting; infinite values have to be equal. */
  static boolean allClose(Tensor a, Tensor b, double rtol, double atol) {
    if (a.dtype() != b.dtype()) {
      throw Op.error("allClose", "dtypes " + a.dtype() + " and " + b.dtype() + " differ", a, b);
    }
    if (!a.shape().equals(b.shape())) {
      throw Op.error("allClose", "shapes differ", a, b);
    }
    if (!(rtol >= 0 && atol >= 0)) {
      throw Op.error(
          "allClose", "rtol and atol must be at least 0, are " + rtol + " and " + atol, a, b);
    }
    double[] left = a.toDoubles();
    double[] right = b.toDoubles();
    for (int i = 0; i < left.length; i++) {
      boolean infinite = Double.isInfinite(left[i]) || Double.isInfinite(right[i]);
      boolean close =
          infinite
              ? left[i] == right[i]
              : Math.abs(left[i] - right[i]) <= atol + rtol * Math.abs(right[i]);
      if (!close) {
        return false;
      }
    }
    return true;
  }
}
