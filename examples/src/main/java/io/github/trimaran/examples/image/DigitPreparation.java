package io.github.trimaran.examples.image;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Makes a picture of one handwritten digit, of any size, dark on light or light on dark, look as
 * MNIST's do: light ink on black, the ink's box scaled into 20 x 20 with its aspect ratio kept, and
 * put into 28 x 28 so that its centre of mass lies in the middle (LeCun et al. 1998, section
 * III.A).
 */
public final class DigitPreparation {

  private static final int SIDE = 28;
  private static final int BOX = 20;

  /** Ink below this share of the strongest is paper: JPEG noise, shadows. */
  private static final double PAPER = 0.2;

  /** With less contrast than this, of 255, there is nothing on the paper. */
  private static final double LEAST_CONTRAST = 16;

  private DigitPreparation() {}

  /**
   * The digit as MNIST has it: float32 {@code [1, 1, 28, 28]} from 0 (background) to 255 (ink).
   *
   * @throws PictureException if the picture is blank
   */
  public static HostArray prepare(BufferedImage picture) throws PictureException {
    int width = picture.getWidth();
    double[] ink = ink(picture);
    int[] box = box(ink, width, picture.getHeight());
    BufferedImage digit = new BufferedImage(box[2], box[3], BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < box[3]; y++) {
      for (int x = 0; x < box[2]; x++) {
        int level = (int) Math.round(255 * ink[(box[1] + y) * width + box[0] + x]);
        digit.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    return centred(Resize.longerSide(digit, BOX));
  }

  /** From 0 (paper) to 1 (the strongest ink); the border, mostly paper, tells which is which. */
  private static double[] ink(BufferedImage picture) throws PictureException {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
    double[] luma =
        Arrays.stream(rgb)
            .mapToDouble(p -> 0.299 * (p >> 16 & 255) + 0.587 * (p >> 8 & 255) + 0.114 * (p & 255))
            .toArray();
    double paper = borderMedian(luma, width, height);
    double darkest = Arrays.stream(luma).min().orElseThrow();
    double lightest = Arrays.stream(luma).max().orElseThrow();
    double strongest = paper - darkest > lightest - paper ? darkest : lightest;
    if (Math.abs(strongest - paper) < LEAST_CONTRAST) {
      throw new PictureException("the picture is blank: there is no digit on it");
    }
    return Arrays.stream(luma)
        .map(v -> (v - paper) / (strongest - paper))
        .map(v -> v < PAPER ? 0 : Math.min(1, v))
        .toArray();
  }

  private static double borderMedian(double[] luma, int width, int height) {
    double[] border = new double[2 * (width + height)];
    for (int x = 0; x < width; x++) {
      border[x] = luma[x];
      border[width + x] = luma[(height - 1) * width + x];
    }
    for (int y = 0; y < height; y++) {
      border[2 * width + y] = luma[y * width];
      border[2 * width + height + y] = luma[y * width + width - 1];
    }
    Arrays.sort(border);
    return border[border.length / 2];
  }

  /** Left, top, width and height of the ink. */
  private static int[] box(double[] ink, int width, int height) {
    int left = width;
    int top = height;
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (ink[y * width + x] > 0) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    return new int[] {left, top, right - left + 1, bottom - top + 1};
  }

  private static HostArray centred(BufferedImage digit) {
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (int y = 0; y < digit.getHeight(); y++) {
      for (int x = 0; x < digit.getWidth(); x++) {
        double value = digit.getRGB(x, y) & 255;
        mass += value;
        momentX += value * x;
        momentY += value * y;
      }
    }
    int shiftX = shift(momentX / mass, digit.getWidth());
    int shiftY = shift(momentY / mass, digit.getHeight());
    float[] values = new float[SIDE * SIDE];
    for (int y = 0; y < digit.getHeight(); y++) {
      for (int x = 0; x < digit.getWidth(); x++) {
        values[(y + shiftY) * SIDE + x + shiftX] = digit.getRGB(x, y) & 255;
      }
    }
    return HostArray.of(values, Shape.of(1, 1, SIDE, SIDE));
  }

  /** Moves the centre of mass to the middle, as far as the digit stays inside. */
  private static int shift(double centre, int extent) {
    int wanted = (int) Math.round((SIDE - 1) / 2.0 - centre);
    return Math.max(0, Math.min(SIDE - extent, wanted));
  }
}
