package io.github.trimaran.vision.digits;

import java.util.Arrays;

/**
 * How much less light comes from each pixel than from the bare paper there: {@code 1 - (dark + c) /
 * (light + c)}, from 0 (paper) to 1. A quotient, since shade takes the same share of the light from
 * ink and from paper; the constant c keeps the grain of black pixels small.
 *
 * @param isDark whether the paper is the lighter
 * @param strength of the ink
 * @param grain what the grain of paper and camera does to the strengths, as a standard deviation
 * @param lines the weight of the paper's lines, once they were taken away: the sum of their squared
 *     strengths
 */
record Ink(boolean isDark, Plane strength, double grain, double lines) {

  /** What the window of the background is as a share of the shorter side: more than any stroke. */
  private static final double WINDOW = 0.35;

  static final float BLACK = 16;

  /** What {@link Filters#smooth} leaves of independent grain: the root of its squared weights. */
  private static final double SMOOTHED = 0.375;

  /** As many values as a median needs. */
  private static final int SAMPLE = 10_000;

  /** Standard deviations of grain beyond which a pixel may be ink. */
  private static final double BEYOND_GRAIN = 4;

  /** Dark ink on light paper. */
  static Ink dark(Plane levels) {
    Plane smooth = Filters.smooth(levels);
    Plane paper = Background.withoutDark(smooth, radius(levels));
    return of(true, smooth, paper, SMOOTHED * grain(levels));
  }

  /** Light ink on dark paper. */
  static Ink light(Plane levels) {
    Plane negative = Filters.negative(Filters.smooth(levels));
    Plane paper = Filters.negative(Background.withoutDark(negative, radius(levels)));
    return of(false, paper, Filters.negative(negative), SMOOTHED * grain(levels));
  }

  /** On paper that is as bright everywhere, and has no grain. */
  static Ink onPaper(Plane levels, float paper, boolean isDark) {
    Plane smooth = Filters.smooth(levels);
    Plane bare = Plane.of(levels.width(), levels.height());
    Arrays.fill(bare.values(), paper);
    return new Ink(isDark, isDark ? strength(smooth, bare) : strength(bare, smooth), 0, 0);
  }

  private static int radius(Plane levels) {
    return (int) (WINDOW * levels.shorter() / 2);
  }

  private static Ink of(boolean isDark, Plane darker, Plane lighter, double grain) {
    Plane strength = strength(darker, lighter);
    float[] values = strength.values();
    // The background is the lightest paper around; most paper is darker by the grain.
    float paper = median(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i] - paper);
    }
    return new Ink(isDark, strength, grain / (median(lighter.values()) + BLACK), 0);
  }

  private static Plane strength(Plane darker, Plane lighter) {
    Plane strength = Plane.of(darker.width(), darker.height());
    float[] values = strength.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - (darker.values()[i] + BLACK) / (lighter.values()[i] + BLACK);
    }
    return strength;
  }

  /** The same ink without the lines of the paper. */
  Ink withoutLines() {
    Plane removed = RuledLines.removed(strength, 0.6 * least());
    return new Ink(isDark, removed, grain, weight(strength) - weight(removed));
  }

  /**
   * The strengths as shares of pixels that are covered by ink of this strength. Half covered, light
   * ink on black paper has more than half its strength, since that is a share of the lighter.
   */
  Plane coverage(double level) {
    if (isDark) {
      return strength;
    }
    Plane coverage = Plane.of(strength.width(), strength.height());
    for (int i = 0; i < coverage.values().length; i++) {
      double value = strength.values()[i];
      coverage.values()[i] = (float) Math.min(1, (1 - level) * value / (1 - value));
    }
    return coverage;
  }

  private static double weight(Plane strength) {
    double weight = 0;
    for (float value : strength.values()) {
      weight += value * value;
    }
    return weight;
  }

  /** How bright the paper is below a pixel of this brightness. */
  double paper(double level, int pixel) {
    double share = 1 - strength.values()[pixel];
    return (isDark ? (level + BLACK) / share : (level + BLACK) * share) - BLACK;
  }

  /** The strength from which on a pixel may be ink. */
  double least() {
    return Math.max(0.05, BEYOND_GRAIN * grain);
  }

  /**
   * The standard deviation of the grain, from the median of the absolute second differences
   * (Immerkaer 1996, with a median, which ink and edges do not disturb).
   */
  private static double grain(Plane plane) {
    int width = plane.width();
    if (width < 3 || plane.height() < 3) {
      return 0;
    }
    int every = Math.max(1, plane.values().length / SAMPLE);
    float[] differences = new float[(width - 2) * ((plane.height() - 3) / every + 1)];
    int i = 0;
    for (int y = 1; y < plane.height() - 1; y += every) {
      for (int x = 1; x < width - 1; x++) {
        float corners =
            plane.at(x - 1, y - 1)
                + plane.at(x + 1, y - 1)
                + plane.at(x - 1, y + 1)
                + plane.at(x + 1, y + 1);
        float sides =
            plane.at(x, y - 1) + plane.at(x, y + 1) + plane.at(x - 1, y) + plane.at(x + 1, y);
        differences[i++] = Math.abs(corners - 2 * sides + 4 * plane.at(x, y));
      }
    }
    // The weights' squares sum to 36; the median of |z| is 0.6745 standard deviations.
    return median(differences) / 0.6745 / 6;
  }

  private static float median(float[] values) {
    int step = Math.max(1, values.length / SAMPLE);
    float[] sorted = new float[values.length / step];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values[i * step];
    }
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
