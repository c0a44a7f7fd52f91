package io.github.trimaran.vision.image;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

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
   * The digit of a file, as {@link #prepare} gives it.
   *
   * @throws PictureException if the file is no picture or shows no digit; it names the file
   * @throws IOException if it cannot be opened
   */
  public static HostArray read(Path file) throws IOException {
    BufferedImage picture = Pictures.readWithAlpha(file);
    try {
      return prepare(picture);
    } catch (PictureException e) {
      throw new PictureException(file, e.getMessage(), e);
    }
  }

  /**
   * The digit as MNIST has it: float32 {@code [1, 1, 28, 28]} from 0 (background) to 255 (ink).
   *
   * @throws PictureException if the picture is blank
   */
  public static HostArray prepare(BufferedImage picture) throws PictureException {
    int width = picture.getWidth();
    double[] ink = ink(Transparency.onContrast(picture));
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

  /** From 0 (paper) to 1 (the strongest ink). */
  private static double[] ink(BufferedImage picture) throws PictureException {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] rgb = picture.getRGB(0, 0, width, height, null, 0, width);
    double[] luma =
        Arrays.stream(rgb)
            .mapToDouble(p -> 0.299 * (p >> 16 & 255) + 0.587 * (p >> 8 & 255) + 0.114 * (p & 255))
            .toArray();
    double[] contrast = withoutPaper(luma, width, height);
    double darkest = Arrays.stream(contrast).min().orElseThrow();
    double lightest = Arrays.stream(contrast).max().orElseThrow();
    double strongest = -darkest > lightest ? darkest : lightest;
    if (Math.abs(strongest) < LEAST_CONTRAST) {
      throw new PictureException("the picture is blank: there is no digit on it");
    }
    return Arrays.stream(contrast)
        .map(v -> v / strongest)
        .map(v -> v < PAPER ? 0 : Math.min(1, v))
        .toArray();
  }

  /**
   * Subtracts the paper, which the border mostly shows: a plane, for light comes from one side. Its
   * slopes are those between the medians of opposite sides, so that ink touching one does no harm.
   */
  private static double[] withoutPaper(double[] luma, int width, int height) {
    IntToDoubleFunction row = y -> median(IntStream.range(0, width).map(x -> y * width + x), luma);
    IntToDoubleFunction column =
        x -> median(IntStream.range(0, height).map(y -> y * width + x), luma);
    double slopeX =
        (column.applyAsDouble(width - 1) - column.applyAsDouble(0)) / Math.max(1, width - 1);
    double slopeY =
        (row.applyAsDouble(height - 1) - row.applyAsDouble(0)) / Math.max(1, height - 1);
    double[] level =
        IntStream.range(0, luma.length)
            .mapToDouble(i -> luma[i] - slopeX * (i % width) - slopeY * Math.floorDiv(i, width))
            .toArray();
    IntStream border =
        IntStream.range(0, luma.length)
            .filter(i -> isEnd(i % width, width) || isEnd(i / width, height));
    double paper = median(border, level);
    return Arrays.stream(level).map(v -> v - paper).toArray();
  }

  private static boolean isEnd(int place, int extent) {
    return place == 0 || place == extent - 1;
  }

  private static double median(IntStream places, double[] values) {
    double[] sorted = places.mapToDouble(i -> values[i]).sorted().toArray();
    return sorted[sorted.length / 2];
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
    double strongest = 0;
    double momentX = 0;
    double momentY = 0;
    for (int y = 0; y < digit.getHeight(); y++) {
      for (int x = 0; x < digit.getWidth(); x++) {
        double value = digit.getRGB(x, y) & 255;
        mass += value;
        strongest = Math.max(strongest, value);
        momentX += value * x;
        momentY += value * y;
      }
    }
    int shiftX = shift(momentX / mass, digit.getWidth());
    int shiftY = shift(momentY / mass, digit.getHeight());
    // Lines thinner than a pixel of the small picture have turned grey.
    float[] values = new float[SIDE * SIDE];
    for (int y = 0; y < digit.getHeight(); y++) {
      for (int x = 0; x < digit.getWidth(); x++) {
        values[(y + shiftY) * SIDE + x + shiftX] =
            (float) (255 / strongest * (digit.getRGB(x, y) & 255));
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
