package io.github.trimaran.vision.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

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

  /** The orientation of a file; upright where it has none or one that cannot be understood. */
  static Orientation of(Path file) throws IOException {
    try {
      ExifIFD0Directory exif =
          ImageMetadataReader.readMetadata(file.toFile())
              .getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer number = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return number == null || number < 1 || number > 8 ? UPRIGHT : values()[number - 1];
    } catch (ImageProcessingException e) {
      return UPRIGHT;
    }
  }

  /** The picture as it should be seen. */
  BufferedImage upright(BufferedImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = transpose ? stored.getHeight() : stored.getWidth();
    int height = transpose ? stored.getWidth() : stored.getHeight();
    BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
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
