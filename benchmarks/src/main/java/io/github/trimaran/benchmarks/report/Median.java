package io.github.trimaran.benchmarks.report;

import java.util.Arrays;
import java.util.List;

/**
 * A median with its spread.
 *
 * @param value the median
 * @param low the least
 * @param high the greatest
 */
public record Median(double value, double low, double high) {

  /** Of at least one value; the mean of the two middle ones of an even number. */
  public static Median of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("median: of no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Median(middle(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * The median of samples that come with their counts, as JMH's histograms have them.
   *
   * @param values and counts, as pairs
   */
  static double weighted(List<double[]> values) {
    double[][] sorted = values.toArray(new double[0][]);
    Arrays.sort(sorted, (a, b) -> Double.compare(a[0], b[0]));
    double total = values.stream().mapToDouble(pair -> pair[1]).sum();
    double below = 0;
    for (double[] pair : sorted) {
      below += pair[1];
      if (2 * below > total) {
        return pair[0];
      }
    }
    throw new IllegalArgumentException("median: of no samples");
  }

  /** This as a part of another; the range is from the best case to the worst. */
  public Median ratioTo(Median other) {
    return new Median(value / other.value, low / other.high, high / other.low);
  }

  /** That many times this. */
  public Median times(double factor) {
    return new Median(factor * value, factor * low, factor * high);
  }
}
