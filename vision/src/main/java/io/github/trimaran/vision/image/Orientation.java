package io.github.trimaran.vision.image;

import java.awt.image.BufferedImage;

/**
 * How a camera was held, as EXIF's tag {@code Orientation} tells it in numbers from 1 to 8: whether
 * columns run from right to left, rows from bottom to top, and, applied before both, whether rows
 * and columns are exchanged.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(true, false, false),
  TURNED_180(true, true, false),
  FLIPPED(false, true, false),
  TRANSPOSED(false, false, true),
  TURNED_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  TURNED_LEFT(false, true, true);

  private final boolean mirror;
  private final boolean flip;
  private final boolean transpose;

  Orientation(boolean mirror, boolean flip, boolean transpose) {
    this.mirror = mirror;
    this.flip = flip;
    this.transpose = transpose;
  }

  /** The orientation of EXIF's number; upright where that means nothing. */
  static Orientation of(int number) {
    return number < 1 || number > values().length ? UPRIGHT : values()[number - 1];
  }

  /** The picture as it should be seen. */
  BufferedImage upright(BufferedImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = transpose ? stored.getHeight() : stored.getWidth();
    int height = transpose ? stored.getWidth() : stored.getHeight();
    BufferedImage turned = new BufferedImage(width, height, stored.getType());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = mirror ? width - 1 - x : x;
        int row = flip ? height - 1 - y : y;
        turned.setRGB(x, y, transpose ? stored.getRGB(row, column) : stored.getRGB(column, row));
      }
    }
    return turned;
  }
}
