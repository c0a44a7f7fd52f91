package io.github.trimaran.optim;

/** Arithmetic of vectors on the host. */
final class Vectors {

  private Vectors() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** {@code target += factor * values}, in place. */
  static void addScaled(double[] target, double[] values, double factor) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * values[i];
    }
  }

  static double[] scaled(double[] values, double factor) {
    double[] result = new double[values.length];
    addScaled(result, values, factor);
    return result;
  }

  /** {@code a + factor * b}. */
  static double[] sum(double[] a, double[] b, double factor) {
    double[] result = a.clone();
    addScaled(result, b, factor);
    return result;
  }

  /** The largest absolute value. */
  static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** The sum of absolute values. */
  static double absoluteSum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
