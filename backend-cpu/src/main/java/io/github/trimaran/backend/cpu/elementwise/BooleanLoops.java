package io.github.trimaran.backend.cpu.elementwise;

/** Elementwise operations on truth values. */
@SuppressWarnings("ShortCircuitBoolean") // Without branches the JIT makes vector code of the loops.
final class BooleanLoops {

  private BooleanLoops() {}

  /** {@code out[i] = a[i] && b[i]} for {@code from <= i < to}. */
  static void and(boolean[] a, boolean[] b, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = a[i] & b[i];
    }
  }

  /** {@code out[i] = a[i] || b[i]} for {@code from <= i < to}. */
  static void or(boolean[] a, boolean[] b, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = a[i] | b[i];
    }
  }

  /** {@code out[i] = !a[i]} for {@code from <= i < to}. */
  static void not(boolean[] a, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = !a[i];
    }
  }

  /** {@code out[i] = a[i] == b[i]} for {@code from <= i < to}. */
  static void equal(boolean[] a, boolean[] b, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = a[i] == b[i];
    }
  }

  /** {@code out[i] = condition[i] ? a[i] : b[i]} for {@code from <= i < to}. */
  static void select(
      boolean[] condition, boolean[] a, boolean[] b, boolean[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = condition[i] ? a[i] : b[i];
    }
  }
}
