package io.github.trimaran.diagnostics;

import io.github.trimaran.array.HostArray;
import java.util.Locale;

/** How far the results of two backends for the same operands lie apart. */
record Disagreement(int index, double found, double expected, double relative) {

  /**
   * The largest difference, relative to the largest magnitude in {@code expected}; elements that
   * are equal, infinite alike or NaN alike do not differ. Null if none differs.
   */
  static Disagreement largest(HostArray found, HostArray expected) {
    double scale = 0;
    for (int i = 0; i < expected.shape().size(); i++) {
      double magnitude = Math.abs(expected.get(i));
      if (magnitude > scale && magnitude < Double.POSITIVE_INFINITY) {
        scale = magnitude;
      }
    }
    Disagreement largest = null;
    for (int i = 0; i < expected.shape().size(); i++) {
      double a = found.get(i);
      double b = expected.get(i);
      if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
        continue;
      }
      double difference = Math.abs(a - b) / (scale == 0 ? 1 : scale);
      double relative = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
      if (largest == null || relative > largest.relative()) {
        largest = new Disagreement(i, a, b, relative);
      }
    }
    return largest;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "element %d is %.9g, expected %.9g, %.2g of the largest magnitude",
        index,
        found,
        expected,
        relative);
  }
}
