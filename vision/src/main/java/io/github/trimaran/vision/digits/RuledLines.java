package io.github.trimaran.vision.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines that the paper came with: ruled, squared, a margin. They are thin and straight and run from
 * one border of the picture to the other; strokes that cross them stay.
 *
 * <p>A line is found as Hough (1962) found tracks: each pair of heights at the two borders counts
 * along its path where something thin lies, ink on the path and none a little above and below. One
 * line alone must be there nearly everywhere, for a long one may be a digit; of three or more that
 * are parallel parts may be missing.
 */
final class RuledLines {

  /** Lines rise or fall by at most this share of their length: the camera was held upright. */
  private static final double STEEPEST = 0.2;

  /** Every how many columns a path is looked at. */
  private static final int STEP = 3;

  private static final double ALONE = 0.88;
  private static final double AMONG_OTHERS = 0.45;
  private static final int FAMILY = 3;

  /** Paths that leave the picture sooner than this share of its width are no lines. */
  private static final double SHORTEST = 0.3;

  /** How many times as strong as the line a pixel is ink that lies on it. */
  private static final double INK_ON_LINE = 1.8;

  private final Plane strength;
  private final float least;
  private final int reach;

  private RuledLines(Plane strength, double least) {
    this.strength = strength;
    this.least = (float) least;
    this.reach = (int) Math.round(3 + 0.008 * strength.shorter());
  }

  /** A line from the height {@code left} at column 0 to {@code right} at the last. */
  private record Line(double left, double right, int hits, double coverage) {

    double at(int x, int width) {
      return left + (right - left) * x / Math.max(1, width - 1);
    }
  }

  /**
   * The strengths without lines.
   *
   * @param least the strength from which on a pixel may be part of a line
   */
  static Plane removed(Plane strength, double least) {
    Plane levelled = new RuledLines(strength, least).removed();
    return new RuledLines(levelled.transposed(), least).removed().transposed();
  }

  private Plane removed() {
    Plane result = new Plane(strength.width(), strength.height(), strength.values().clone());
    for (Line line : lines()) {
      remove(line, result);
    }
    return result;
  }

  /** The lines from left to right. */
  private List<Line> lines() {
    List<Line> candidates = candidates();
    boolean several = candidates.size() >= FAMILY;
    return candidates.stream().filter(line -> several || line.coverage >= ALONE).toList();
  }

  private List<Line> candidates() {
    int width = strength.width();
    int height = strength.height();
    int columns = (width + STEP - 1) / STEP;
    int[][] thin = new int[columns][];
    for (int j = 0; j < columns; j++) {
      int x = j * STEP;
      thin[j] = IntStream.range(0, height).filter(y -> isThin(x, y)).toArray();
    }
    int most = (int) (STEEPEST * width);
    List<Line> all = new ArrayList<>();
    int[] hits = new int[height + 2 * most + 1];
    int[] seen = new int[hits.length + 1];
    for (int rise = -most; rise <= most; rise++) {
      Arrays.fill(hits, 0);
      Arrays.fill(seen, 0);
      for (int j = 0; j < columns; j++) {
        int shift = most - (int) Math.round((double) rise * j * STEP / width);
        seen[shift]++;
        seen[shift + height]--;
        for (int y : thin[j]) {
          hits[y + shift]++;
        }
      }
      for (int i = 1; i < seen.length; i++) {
        seen[i] += seen[i - 1];
      }
      for (int i = 0; i < hits.length; i++) {
        if (seen[i] >= SHORTEST * columns && hits[i] >= AMONG_OTHERS * seen[i]) {
          double left = i - most;
          all.add(new Line(left, left + rise, hits[i], (double) hits[i] / seen[i]));
        }
      }
    }
    return strongest(all);
  }

  /** Each line once: its neighbours are the same one, seen a little beside or askew. */
  private List<Line> strongest(List<Line> all) {
    all.sort(Comparator.comparingInt(line -> -line.hits));
    List<Line> kept = new ArrayList<>();
    int last = strength.width() - 1;
    for (Line line : all) {
      boolean isNew = true;
      for (Line other : kept) {
        double left = line.at(0, last + 1) - other.at(0, last + 1);
        double right = line.at(last, last + 1) - other.at(last, last + 1);
        isNew &= Math.abs(left + right) / 2 > reach && left * right > 0;
      }
      if (isNew) {
        kept.add(line);
      }
    }
    return kept;
  }

  private boolean isThin(int x, int y) {
    return is(x, y) && !isOn(x, y - reach) && !isOn(x, y + reach);
  }

  /** On the line or a pixel beside it: lines are not quite straight. */
  private boolean is(int x, int y) {
    return isOn(x, y) || isOn(x, y - 1) || isOn(x, y + 1);
  }

  private boolean isOn(int x, int y) {
    return y >= 0 && y < strength.height() && strength.at(x, y) >= least;
  }

  private void remove(Line line, Plane result) {
    int width = strength.width();
    int[] path = new int[width];
    float[] levels = new float[width];
    int count = 0;
    int off = 0;
    for (int x = 0; x < width; x++) {
      int y = (int) Math.round(line.at(x, width)) + off;
      int best = y;
      for (int near = y - 1; near <= y + 1; near++) {
        if (isInside(near) && (!isInside(best) || strength.at(x, near) > strength.at(x, best))) {
          best = near;
        }
      }
      path[x] = best;
      if (isInside(best) && isThin(x, best)) {
        off = Math.max(-2, Math.min(2, off + best - y));
        levels[count++] = strength.at(x, best);
      }
    }
    float[] sorted = Arrays.copyOf(levels, count);
    Arrays.sort(sorted);
    float level = count == 0 ? 0 : sorted[count / 2];
    for (int x = 0; x < width; x++) {
      if (isInside(path[x])) {
        removeAt(x, path[x], level, result);
      }
    }
  }

  private boolean isInside(int y) {
    return y >= 0 && y < strength.height();
  }

  /** Takes the line out of a column, unless a stroke crosses it there. */
  private void removeAt(int x, int y, float level, Plane result) {
    float edge = Math.max(least / 2, 0.25f * level);
    int top = y;
    while (isInside(top) && strength.at(x, top) >= edge && y - top < reach) {
      top--;
    }
    int bottom = y;
    while (isInside(bottom) && strength.at(x, bottom) >= edge && bottom - y < reach) {
      bottom++;
    }
    boolean thick = y - top >= reach || bottom - y >= reach;
    if (thick || isCrossed(x, top, bottom)) {
      return;
    }
    for (int row = top + 1; row < bottom; row++) {
      if (strength.at(x, row) < INK_ON_LINE * level) {
        result.values()[row * strength.width() + x] = 0;
      }
    }
  }

  /** Whether a stroke goes on above and below, straight or slanting by as much as the line is. */
  private boolean isCrossed(int x, int above, int below) {
    for (int slant = -2; slant <= 2; slant++) {
      if (isInk(x - slant, above - 1) && isInk(x + slant, below + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInk(int x, int y) {
    return x >= 0 && x < strength.width() && isOn(x, y);
  }
}
