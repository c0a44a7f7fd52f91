package io.github.trimaran.vision.digits;

import io.github.trimaran.vision.image.Luma;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** The brightness of a picture at the size that digits are looked for in. */
final class GreyLevels {

  /** Pictures of twice this or more are reduced: a pen's stroke still has several pixels. */
  private static final int LEAST_LONGER_SIDE = 512;

  /** Smaller pictures are enlarged, so that strokes and the gaps between them have pixels. */
  private static final int LEAST_SHORTER_SIDE = 112;

  private GreyLevels() {}

  /** From 0 (black) to 255 (white). */
  static Plane of(BufferedImage picture) {
    int longer = Math.max(picture.getWidth(), picture.getHeight());
    int shorter = Math.min(picture.getWidth(), picture.getHeight());
    Plane levels = means(picture, Math.max(1, longer / LEAST_LONGER_SIDE));
    int factor = (LEAST_SHORTER_SIDE + shorter - 1) / shorter;
    return factor > 1 && longer * factor < 2 * LEAST_LONGER_SIDE
        ? enlarged(levels, factor)
        : levels;
  }

  /** The mean of each square of pixels: row by row, for photographs are large. */
  private static Plane means(BufferedImage picture, int side) {
    int width = (picture.getWidth() + side - 1) / side;
    int height = (picture.getHeight() + side - 1) / side;
    Plane means = Plane.of(width, height);
    int[] row = new int[picture.getWidth()];
    double[] sums = new double[width];
    for (int y = 0; y < height; y++) {
      int last = Math.min(picture.getHeight(), (y + 1) * side);
      Arrays.fill(sums, 0);
      for (int from = y * side; from < last; from++) {
        picture.getRGB(0, from, row.length, 1, row, 0, row.length);
        for (int x = 0; x < row.length; x++) {
          sums[x / side] += Luma.of(row[x]);
        }
      }
      for (int x = 0; x < width; x++) {
        int columns = Math.min(row.length, (x + 1) * side) - x * side;
        means.values()[y * width + x] = (float) (sums[x] / (columns * (last - y * side)));
      }
    }
    return means;
  }

  /** By a whole factor, with straight lines between the pixels. */
  private static Plane enlarged(Plane levels, int factor) {
    Plane large = Plane.of(levels.width() * factor, levels.height() * factor);
    for (int y = 0; y < large.height(); y++) {
      double row = (y + 0.5) / factor - 0.5;
      int top = (int) Math.floor(row);
      double down = row - top;
      for (int x = 0; x < large.width(); x++) {
        double column = (x + 0.5) / factor - 0.5;
        int left = (int) Math.floor(column);
        double right = column - left;
        double above =
            (1 - right) * levels.nearest(left, top) + right * levels.nearest(left + 1, top);
        double below =
            (1 - right) * levels.nearest(left, top + 1) + right * levels.nearest(left + 1, top + 1);
        large.values()[y * large.width() + x] = (float) ((1 - down) * above + down * below);
      }
    }
    return large;
  }
}
