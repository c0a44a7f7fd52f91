package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Made-up sales of products by month. With growth g, level l, season s and noise e, all of them a
 * product's own, the sales of month t are
 *
 * <pre>
 * g[t] = 0.97 g[t - 1] + small noise        growth comes and goes over the years
 * l[t] = l[t - 1] (1 + g[t])
 * sales[t] = l[t] (1 + s[t mod 12]) (1 + e[t])
 * </pre>
 */
final class MonthlySales {

  /** Months of a season. */
  static final int SEASON = 12;

  /** How many years a forecast sees. */
  static final int YEARS = 3;

  private static final double GROWTH = 0.005;
  private static final double NOISE = 0.03;

  private final double[][] series;

  /** Of so many products, in so many months. */
  MonthlySales(int products, int months, Rng rng) {
    series = new double[products][];
    for (int i = 0; i < products; i++) {
      series[i] = product(months, rng.fork(i));
    }
  }

  private static double[] product(int months, Rng rng) {
    double[] season = season(rng);
    double[] sales = new double[months];
    double level = rng.nextDouble(50, 500);
    double growth = GROWTH * rng.nextGaussian();
    for (int t = 0; t < months; t++) {
      growth = 0.97 * growth + 0.25 * GROWTH * rng.nextGaussian();
      level *= 1 + growth;
      sales[t] = level * (1 + season[t % SEASON]) * (1 + NOISE * rng.nextGaussian());
    }
    return sales;
  }

  /** A wave a year and one twice a year, of any height and beginning. */
  private static double[] season(Rng rng) {
    double[] season = new double[SEASON];
    for (int waves = 1; waves <= 2; waves++) {
      double height = rng.nextDouble(0.05, 0.3) / waves;
      double begin = rng.nextDouble(0, 2 * Math.PI);
      for (int month = 0; month < SEASON; month++) {
        season[month] += height * Math.sin(begin + 2 * Math.PI * waves * month / SEASON);
      }
    }
    return season;
  }

  /**
   * Every window of four years that lies within these months: three years as the input {@code
   * [YEARS, SEASON]}, the fourth as the target {@code [SEASON]}. Both are relative to the mean of
   * the third year, so that products of any size look alike: 0.1 is 10 % above it.
   */
  Samples windows(int from, int to) {
    List<Sample> windows = new ArrayList<>();
    for (double[] product : series) {
      for (int start = from; start + (YEARS + 1) * SEASON <= to; start++) {
        int now = start + YEARS * SEASON;
        double mean = Arrays.stream(product, now - SEASON, now).average().orElseThrow();
        HostArray seen = relative(product, start, now, mean);
        HostArray next = relative(product, now, now + SEASON, mean);
        windows.add(Sample.of(seen.reshape(Shape.of(YEARS, SEASON)), next));
      }
    }
    return Samples.of(windows);
  }

  private static HostArray relative(double[] product, int from, int to, double mean) {
    float[] values = new float[to - from];
    for (int t = from; t < to; t++) {
      values[t - from] = (float) (product[t] / mean - 1);
    }
    return HostArray.of(values, Shape.of(values.length));
  }
}
