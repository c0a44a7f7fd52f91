package io.github.trimaran.benchmarks.report;

import java.util.Locale;

/** Numbers for people. */
public final class Format {

  private static final double MEGA = 1 << 20;

  private Format() {}

  /** Three digits that count. */
  static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Two decimals. */
  public static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** {@code 0.58 (0.55 to 0.61)}. */
  public static String ratio(Median median) {
    return ratio(median.value()) + " (" + ratio(median.low()) + " to " + ratio(median.high()) + ")";
  }

  static String spread(Median median) {
    return digits(median.low()) + " to " + digits(median.high());
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static String giga(double value) {
    return digits(value / 1e9);
  }

  /** Bytes in units of 1024, for people. */
  static String bytes(double value) {
    if (value < 10_240) {
      return String.format(Locale.ROOT, "%.0f B", value);
    }
    return value < 10 * MEGA
        ? String.format(Locale.ROOT, "%.0f KB", value / 1024)
        : String.format(Locale.ROOT, "%.0f MB", value / MEGA);
  }
}
