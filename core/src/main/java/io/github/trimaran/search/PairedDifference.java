package io.github.trimaran.search;

import java.util.List;
import java.util.Locale;

/**
 * How much better one choice is than another, by scores that belong together in pairs, such as
 * those of trainings from the same seed: what a seed does to both of a pair cancels out.
 *
 * <pre>{@code
 * PairedDifference gain = PairedDifference.of(List.of(0.91, 0.92, 0.90), List.of(0.90, 0.90, 0.89));
 * System.out.println(gain);    // +0.0133 +- 0.0143
 * }</pre>
 *
 * @param mean of the differences
 * @param standardError of that mean: their deviation, with n - 1, over the root of n; NaN for one
 * @param pairs how many, n
 */
public record PairedDifference(double mean, double standardError, int pairs) {

  /**
   * The 0.975 quantiles of Student's distribution for 1 to 30 degrees of freedom, to four digits
   * (NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2).
   */
  private static final double[] QUANTILES = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL_QUANTILE = 1.960;

  /** What differences may deviate by and be equal, relative to the scores. */
  private static final double ROUNDING = 1e-12;

  /**
   * Of these scores against those of the same places. Differences that are equal but for the
   * rounding of their last digits have a standard error of 0.
   *
   * @throws IllegalArgumentException if they are not as many, or none
   */
  public static PairedDifference of(List<Double> scores, List<Double> against) {
    int n = scores.size();
    if (n == 0 || n != against.size()) {
      throw new IllegalArgumentException(
          "paired difference: needs as many scores on both sides, has "
              + n
              + " and "
              + against.size());
    }
    double mean = 0;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      mean += (scores.get(i) - against.get(i)) / n;
      largest = Math.max(largest, Math.max(Math.abs(scores.get(i)), Math.abs(against.get(i))));
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double deviation = scores.get(i) - against.get(i) - mean;
      squares += Math.abs(deviation) <= ROUNDING * largest ? 0 : deviation * deviation;
    }
    return new PairedDifference(mean, Math.sqrt(squares / (n - 1) / n), n);
  }

  /**
   * Half the width of the interval about the mean that holds the true difference with a probability
   * of 0.95, if differences are normally distributed; NaN for one pair.
   */
  public double halfWidth() {
    int freedom = pairs - 1;
    if (freedom < 1) {
      return Double.NaN;
    }
    return standardError * (freedom <= QUANTILES.length ? QUANTILES[freedom - 1] : NORMAL_QUANTILE);
  }

  /**
   * Whether 0 lies outside of the interval: the choice matters, one way or the other. It is not
   * clear where the differences are all equal, for instance those of one pair: a few equal ones do
   * not tell how far others would scatter.
   */
  public boolean isClear() {
    return standardError > 0 && Math.abs(mean) > halfWidth();
  }

  /**
   * {@code "+0.0133 +- 0.0143"}: the mean and {@link #halfWidth}; {@code "+0.0133 (one pair)"}
   * where there is no such width.
   */
  @Override
  public String toString() {
    if (pairs == 1) {
      return String.format(Locale.ROOT, "%+.4f (one pair)", mean);
    }
    return String.format(Locale.ROOT, "%+.4f +- %.4f", mean, halfWidth());
  }
}
