package io.github.trimaran.backend.cpu.kernels;

/**
 * Functions of the elements of a float32 array, within one unit of the last place.
 *
 * <p>Each is computed in double precision from additions, multiplications and divisions alone, in
 * an order that {@link ScalarFunctions} defines. So an element's result does not depend on where in
 * the array it stands, on the kernels, or on whether the JVM has compiled them yet: all give the
 * same bits. There is no {@code fma}, which plain Java has not on every processor.
 *
 * <p>All work on positions {@code from .. to - 1}, the same of all arrays, and {@code out} may be
 * one of the operands.
 */
public interface Functions {

  /** {@code e^a}. */
  void exp(float[] a, float[] out, int from, int to);

  /** The natural logarithm; that of a negative number is NaN, that of 0 minus infinity. */
  void log(float[] a, float[] out, int from, int to);

  /** The hyperbolic tangent. */
  void tanh(float[] a, float[] out, int from, int to);

  /** The error function {@code 2 / sqrt(pi) * integral of exp(-t^2)} from 0 to a. */
  void erf(float[] a, float[] out, int from, int to);

  /** {@code 1 / (1 + e^-a)}. */
  void sigmoid(float[] a, float[] out, int from, int to);

  /** {@code a / 2 (1 + tanh(sqrt(2 / pi) (a + 0.044715 a^3)))}. */
  void gelu(float[] a, float[] out, int from, int to);

  /** {@code grad * gelu'(a)}. */
  void geluGrad(float[] grad, float[] a, float[] out, int from, int to);

  /** {@code (a - first) - second} in double precision, rounded at the end. */
  void subtract(float[] a, double first, double second, float[] out, int from, int to);

  /** The largest element; NaN if there is one, minus infinity if there are none. */
  float max(float[] a, int from, int to);

  /**
   * The sum of {@code e^(a - shift)} in double precision. The order of the additions depends on how
   * many there are and on the kernels, and on nothing else.
   */
  double sumOfExp(float[] a, double shift, int from, int to);
}
