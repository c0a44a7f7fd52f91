package io.github.trimaran.vision.image;

import java.awt.image.BufferedImage;

/**
 * Puts pictures that are transparent in part on paper: {@code alpha c + (1 - alpha) paper} for each
 * colour (Porter and Duff 1984, "over").
 *
 * <pre>{@code
 * BufferedImage drawing = Pictures.readWithAlpha(file);
 * BufferedImage visible = Transparency.onContrast(drawing);
 * }</pre>
 */
public final class Transparency {

  private static final int WHITE = 255;
  private static final int BLACK = 0;

  private Transparency() {}

  /** On white; a picture without alpha as it is. */
  public static BufferedImage onWhite(BufferedImage picture) {
    return on(picture, WHITE);
  }

  /** On white or black, whichever is further from what is drawn: white ink stays visible. */
  public static BufferedImage onContrast(BufferedImage picture) {
    if (!picture.getColorModel().hasAlpha()) {
      return picture;
    }
    double ink = 0;
    double weight = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int argb : row(picture, y)) {
        ink += (argb >>> 24) * Luma.of(argb);
        weight += argb >>> 24;
      }
    }
    return on(picture, ink > weight * WHITE / 2 ? BLACK : WHITE);
  }

  private static BufferedImage on(BufferedImage picture, int paper) {
    if (!picture.getColorModel().hasAlpha()) {
      return picture;
    }
    int width = picture.getWidth();
    BufferedImage opaque =
        new BufferedImage(width, picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      int[] row = row(picture, y);
      for (int x = 0; x < width; x++) {
        int alpha = row[x] >>> 24;
        row[x] =
            over(row[x] >> 16 & 255, alpha, paper) << 16
                | over(row[x] >> 8 & 255, alpha, paper) << 8
                | over(row[x] & 255, alpha, paper);
      }
      opaque.setRGB(0, y, width, 1, row, 0, width);
    }
    return opaque;
  }

  private static int[] row(BufferedImage picture, int y) {
    return picture.getRGB(0, y, picture.getWidth(), 1, null, 0, picture.getWidth());
  }

  private static int over(int colour, int alpha, int paper) {
    return (alpha * colour + (255 - alpha) * paper + 127) / 255;
  }
}
