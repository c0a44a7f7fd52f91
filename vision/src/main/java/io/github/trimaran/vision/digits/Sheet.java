package io.github.trimaran.vision.digits;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A sheet of paper that lies on something darker and shows all its edges. The picture is cropped to
 * it, for edges of paper look like strokes.
 */
final class Sheet {

  /** Paper is at least so many times as bright as what it lies on. */
  private static final double CONTRAST = 1.25;

  /** A sheet is at least so wide and so high, as shares of the picture: more than a digit is. */
  private static final double SIZE = 0.5;

  /** What fills more of its hull than this is paper with ink on it; a digit is thinner. */
  private static final double FILL = 0.85;

  /** So much of the picture's border shows no paper. */
  private static final double AROUND = 0.9;

  /** Next to its edges paper is dim, as a share of the picture's shorter side. */
  private static final double EDGE = 0.012;

  private Sheet() {}

  /** The picture without what lies around its sheet; as it is where it shows no whole sheet. */
  static Plane cropped(Plane levels) {
    Plane smooth = Filters.smooth(levels);
    double threshold = Threshold.of(smooth);
    return Component.of(smooth, threshold).stream()
        .max(Comparator.comparingInt(component -> component.pixels().length))
        .filter(paper -> isSheet(paper, smooth, threshold))
        .map(paper -> inside(paper, levels))
        .orElse(levels);
  }

  private static boolean isSheet(Component paper, Plane levels, double threshold) {
    int border = 2 * (levels.width() + levels.height());
    return paper.width() >= SIZE * levels.width()
        && paper.height() >= SIZE * levels.height()
        && Arrays.stream(paper.borders()).sum() <= (1 - AROUND) * border
        && paper.pixels().length > FILL * Hull.of(paper).area()
        && contrast(levels, threshold) >= CONTRAST;
  }

  /** How many times as bright the brighter pixels are as the darker ones. */
  private static double contrast(Plane levels, double threshold) {
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (float level : levels.values()) {
      int side = level >= threshold ? 1 : 0;
      sums[side] += level;
      counts[side]++;
    }
    double dark = counts[0] == 0 ? 0 : sums[0] / counts[0];
    return (sums[1] / counts[1] + Ink.BLACK) / (dark + Ink.BLACK);
  }

  /**
   * The box of the sheet; what lies in its corners beside a sheet that is turned becomes as bright
   * as the paper next to it.
   */
  private static Plane inside(Component paper, Plane levels) {
    int margin = 2 + (int) Math.ceil(EDGE * levels.shorter());
    Hull hull = Hull.of(paper);
    int height = paper.height() - 2 * margin;
    int width = paper.width() - 2 * margin;
    Plane inside = Plane.of(width, height);
    for (int y = 0; y < height; y++) {
      int row = y + margin;
      int first = 0;
      int last = levels.width();
      for (int near = row - margin; near <= row + margin; near++) {
        first = Math.max(first, hull.firsts()[near]);
        last = Math.min(last, hull.lasts()[near]);
      }
      first += margin;
      last -= margin;
      int middle = (first + last) / 2;
      for (int x = 0; x < width; x++) {
        int column = paper.left() + margin + x;
        int shown = first > last ? middle : Math.max(first, Math.min(last, column));
        inside.values()[y * width + x] = levels.nearest(shown, paper.top() + row);
      }
    }
    return inside;
  }
}
