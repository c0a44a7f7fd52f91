package io.github.trimaran.backend.cpu.kernels;

/**
 * The definition of the {@link Functions}, in plain Java.
 *
 * <p>Everything rests on two functions. The exponential writes {@code x = n ln 2 + r} with a whole
 * n and {@code |r| <= ln(2) / 2}, so that {@code e^x = 2^n e^r}; of Taylor's series for {@code e^r}
 * the terms up to {@code r^8 / 8!} leave out less than 2^-32 of the sum. The logarithm writes
 * {@code x = 2^k m} with m between {@code sqrt(1/2)} and {@code sqrt(2)}, and {@code log(m) = 2
 * atanh(s)} with {@code s = (m - 1) / (m + 1)}; the terms up to {@code s^13 / 13} leave out less
 * than 2^-39. A float ends at 2^-24, so what counts is the last rounding.
 */
final class ScalarFunctions implements Functions {

  /** Adding it to a smaller number leaves the nearest whole number in the lowest bits. */
  static final double ROUNDING = 0x1.8p52;

  static final double LOG2_E = 1.4426950408889634;
  static final double LN_2 = 0.6931471805599453;

  /** There 2^n is 0: its exponent, n + 1023, has come down to 0. */
  static final double EXP_OF_IT_IS_ZERO = -709;

  /** There and above, e^x is too large for a float. */
  static final double EXP_OF_IT_IS_INFINITE = 100;

  /** The bits of 1. */
  static final long ONE = 0x3FFL << 52;

  /** The bits of sqrt(1/2). */
  static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

  /** Below it, tanh(x) is x as a float. */
  static final double TANH_IS_X = 0x1p-13;

  /** From there on, erf(x) is 1 as a float. */
  static final double ERF_IS_ONE = 3.92;

  // (1 + tanh(u)) / 2 = sigmoid(2 u): one exponential.
  static final double GELU_SCALE = 2 * Math.sqrt(2 / Math.PI);
  static final double GELU_CUBE = GELU_SCALE * 0.044715;

  /** {@code e^x}; 0 far below, and large but finite where a float overflows. */
  static double exp(double x) {
    double y = x < EXP_OF_IT_IS_ZERO ? EXP_OF_IT_IS_ZERO : x;
    double z = y > EXP_OF_IT_IS_INFINITE ? EXP_OF_IT_IS_INFINITE : y;
    double rounded = z * LOG2_E + ROUNDING;
    double r = z - (rounded - ROUNDING) * LN_2;
    double sum = r * (1 / 40320.0) + 1 / 5040.0;
    sum = sum * r + 1 / 720.0;
    sum = sum * r + 1 / 120.0;
    sum = sum * r + 1 / 24.0;
    sum = sum * r + 1 / 6.0;
    sum = sum * r + 0.5;
    sum = sum * r + 1;
    sum = sum * r + 1;
    long power = (Double.doubleToRawLongBits(rounded) << 52) + ONE;
    return sum * Double.longBitsToDouble(power);
  }

  /** The logarithm of a float. */
  static double log(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long k = (bits - SQRT_HALF) >> 52;
    double m = Double.longBitsToDouble(bits - (k << 52));
    double s = (m - 1) / (m + 1);
    double z = s * s;
    double sum = z * (2 / 13.0) + 2 / 11.0;
    sum = sum * z + 2 / 9.0;
    sum = sum * z + 2 / 7.0;
    sum = sum * z + 2 / 5.0;
    sum = sum * z + 2 / 3.0;
    sum = sum * z + 2;
    double power = Double.longBitsToDouble(k + Double.doubleToRawLongBits(ROUNDING)) - ROUNDING;
    double y = power * LN_2 + s * sum;
    y = x < Double.POSITIVE_INFINITY ? y : x;
    y = x < 0 ? Double.NaN : y;
    return x == 0 ? Double.NEGATIVE_INFINITY : y;
  }

  /** {@code (1 - e^-2|x|) / (1 + e^-2|x|)} with the sign of x. */
  static double tanh(double x) {
    double size = Math.abs(x);
    double e = exp(size * -2);
    double y = (1 - e) / (1 + e);
    y = Math.copySign(y, x);
    return size < TANH_IS_X ? x : y;
  }

  /**
   * {@code x P(x^2) / Q(x^2)}, fitted to within 2^-29 for {@code |x| < 3.924}: least squares over
   * Chebyshev's points, weighted anew until the largest relative errors were alike.
   */
  static double erf(double x) {
    double z = x * x;
    double p = z * -1.2824325232688827e-8 + 4.61377549031798e-6;
    p = p * z + 3.7693121781883117e-4;
    p = p * z + 3.8393713597599565e-3;
    p = p * z + 5.424865197478766e-2;
    p = p * z + 0.1851416800656926;
    p = p * z + 1.1283791691568748;
    double q = z * 6.244181879052995e-5 + 1.3019067551205841e-3;
    q = q * z + 1.5432158008717639e-2;
    q = q * z + 0.1138797835209681;
    q = q * z + 0.4974109485352397;
    q = q * z + 1;
    double y = x * p / q;
    y = x >= ERF_IS_ONE ? 1 : y;
    return x <= -ERF_IS_ONE ? -1 : y;
  }

  /** {@code 1 / (1 + e^-|x|)}, or that times {@code e^-|x|} below 0: nothing overflows. */
  static double sigmoid(double x) {
    double e = exp(-Math.abs(x));
    return oneOr(e, x) / (1 + e);
  }

  /** 1, but e where x is below 0: by its sign, since signs follow no pattern to be predicted. */
  private static double oneOr(double e, double x) {
    long negative = Double.doubleToRawLongBits(x) >> 63;
    return Double.longBitsToDouble((Double.doubleToRawLongBits(e) & negative) | (ONE & ~negative));
  }

  static double gelu(double x) {
    double gate = x * (x * x * GELU_CUBE + GELU_SCALE);
    double e = exp(-Math.abs(gate));
    return x * oneOr(e, x) / (1 + e);
  }

  /** Gate and slope of the gate from one exponential, which keeps 1 - sigmoid from cancelling. */
  static double geluDerivative(double x) {
    double square = x * x;
    double gate = x * (square * GELU_CUBE + GELU_SCALE);
    double e = exp(-Math.abs(gate));
    double d = 1 / (1 + e);
    double slope = square * (3 * GELU_CUBE) + GELU_SCALE;
    return oneOr(e, x) * d + x * slope * (e * d * d);
  }

  @Override
  public void exp(float[] a, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) exp(a[i]);
    }
  }

  @Override
  public void log(float[] a, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) log(a[i]);
    }
  }

  @Override
  public void tanh(float[] a, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) tanh(a[i]);
    }
  }

  @Override
  public void erf(float[] a, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) erf(a[i]);
    }
  }

  @Override
  public void sigmoid(float[] a, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) sigmoid(a[i]);
    }
  }

  @Override
  public void gelu(float[] a, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) gelu(a[i]);
    }
  }

  @Override
  public void geluGrad(float[] grad, float[] a, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) (grad[i] * geluDerivative(a[i]));
    }
  }

  @Override
  public void subtract(float[] a, double first, double second, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = (float) (a[i] - first - second);
    }
  }

  @Override
  public float max(float[] a, int from, int to) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, a[i]);
    }
    return max;
  }

  @Override
  public double sumOfExp(float[] a, double shift, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += exp(a[i] - shift);
    }
    return sum;
  }
}
