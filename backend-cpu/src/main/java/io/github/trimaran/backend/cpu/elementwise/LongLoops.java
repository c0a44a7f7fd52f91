package io.github.trimaran.backend.cpu.elementwise;

/**
 * Elementwise operations on long. Every loop runs over the same positions of all its arrays: that
 * is the form the JIT turns into SIMD instructions.
 */
final class LongLoops {

  private LongLoops() {}

  /** {@code out[i] = op(a[i], b[i])} for {@code from <= i < to}. */
  static void binary(BinaryOp op, long[] a, long[] b, long[] out, int from, int to) {
    switch (op) {
      case ADD -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] + b[i];
        }
      }
      case SUB -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] - b[i];
        }
      }
      case MUL -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] * b[i];
        }
      }
      case MAXIMUM -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.max(a[i], b[i]);
        }
      }
      case MINIMUM -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.min(a[i], b[i]);
        }
      }
      default -> throw new IllegalArgumentException("cpu: no integer operation " + op);
    }
  }

  /** {@code out[i] = op(a[i], c)} for {@code from <= i < to}; most operations have no {@code c}. */
  static void unary(UnaryOp op, long[] a, double constant, long[] out, int from, int to) {
    long c = (long) constant;
    switch (op) {
      case NEG -> {
        for (int i = from; i < to; i++) {
          out[i] = -a[i];
        }
      }
      case ABS -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.abs(a[i]);
        }
      }
      case SIGN -> {
        for (int i = from; i < to; i++) {
          out[i] = Long.signum(a[i]);
        }
      }
      case ADD_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] + c;
        }
      }
      case MUL_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] * c;
        }
      }
      case RELU -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.max(a[i], 0);
        }
      }
      default -> throw new IllegalArgumentException("cpu: no integer operation " + op);
    }
  }

  /** {@code out[i] = op(a[i], b[i])} for {@code from <= i < to}. */
  static void compare(CompareOp op, long[] a, long[] b, boolean[] out, int from, int to) {
    switch (op) {
      case GREATER -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] > b[i];
        }
      }
      case GREATER_EQUAL -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] >= b[i];
        }
      }
      case EQUAL -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] == b[i];
        }
      }
    }
  }

  /** {@code out[i] = condition[i] ? a[i] : b[i]} for {@code from <= i < to}. */
  static void select(boolean[] condition, long[] a, long[] b, long[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = condition[i] ? a[i] : b[i];
    }
  }
}
