package io.github.trimaran.vision.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;

/**
 * A decoded picture as 8 bits of alpha, red, green and blue, colours not multiplied by alpha. The
 * samples are taken as the file has them, for they are meant for a screen: the JDK takes grey
 * levels, some grey and CMYK pictures, to be linear in light, and would brighten a grey of 64 to
 * 137.
 */
final class StraightColours {

  private static final int OPAQUE = 0xff000000;

  private StraightColours() {}

  /** What a sample row becomes. */
  @FunctionalInterface
  private interface Mixer {
    int argb(int[] samples, int first);
  }

  /** The picture as {@code TYPE_INT_ARGB}, or {@code TYPE_INT_RGB} where nothing is transparent. */
  static BufferedImage of(BufferedImage decoded) {
    int width = decoded.getWidth();
    ColorModel model = decoded.getColorModel();
    BufferedImage straight =
        new BufferedImage(
            width,
            decoded.getHeight(),
            model.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Mixer mixer = mixer(model);
    int bands = decoded.getRaster().getNumBands();
    int[] samples = new int[width * bands];
    int[] row = new int[width];
    for (int y = 0; y < decoded.getHeight(); y++) {
      if (mixer == null) {
        decoded.getRGB(0, y, width, 1, row, 0, width);
      } else {
        decoded.getRaster().getPixels(0, y, width, 1, samples);
        for (int x = 0; x < width; x++) {
          row[x] = mixer.argb(samples, x * bands);
        }
      }
      straight.setRGB(0, y, width, 1, row, 0, width);
    }
    return straight;
  }

  /** Null where the JDK's own conversion is exact: palettes and packed colours. */
  private static Mixer mixer(ColorModel model) {
    if (!(model instanceof ComponentColorModel) || model.isAlphaPremultiplied()) {
      return null;
    }
    int most = (1 << model.getComponentSize(0)) - 1;
    boolean alpha = model.hasAlpha();
    return switch (model.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY ->
          (samples, i) ->
              (alpha ? eightBits(samples[i + 1], most) << 24 : OPAQUE)
                  | eightBits(samples[i], most) * 0x010101;
      case ColorSpace.TYPE_RGB ->
          (samples, i) ->
              (alpha ? eightBits(samples[i + 3], most) << 24 : OPAQUE)
                  | eightBits(samples[i], most) << 16
                  | eightBits(samples[i + 1], most) << 8
                  | eightBits(samples[i + 2], most);
      case ColorSpace.TYPE_CMYK ->
          (samples, i) ->
              OPAQUE
                  | printed(samples, i, i + 3) << 16
                  | printed(samples, i + 1, i + 3) << 8
                  | printed(samples, i + 2, i + 3);
      default -> null;
    };
  }

  private static int eightBits(int sample, int most) {
    return most == 255 ? sample : (int) ((255L * sample + most / 2) / most);
  }

  /** What is left of white light behind one ink and black: {@code (1 - c) (1 - k)}. */
  private static int printed(int[] samples, int ink, int black) {
    return eightBits((255 - samples[ink]) * (255 - samples[black]), 255 * 255);
  }
}
