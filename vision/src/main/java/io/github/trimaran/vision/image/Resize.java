package io.github.trimaran.vision.image;

import io.github.trimaran.data.TriangleFilter;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Resizing with a {@link TriangleFilter}: what Pillow calls {@code BILINEAR}. Rows first, rounded
 * to 8 bits, then columns, as Pillow does.
 */
public final class Resize {

  private Resize() {}

  /** The whole picture at another size; its aspect ratio may change. */
  public static BufferedImage to(BufferedImage picture, int width, int height) {
    if (picture.getWidth() == width && picture.getHeight() == height) {
      return picture;
    }
    int oldWidth = picture.getWidth();
    int oldHeight = picture.getHeight();
    // Row by row: a copy of a large photograph would take as much memory again.
    int[] narrowed =
        resized(
            y -> picture.getRGB(0, y, oldWidth, 1, null, 0, oldWidth), oldWidth, oldHeight, width);
    int[] turned = transpose(narrowed, width, oldHeight);
    int[] shortened =
        resized(
            x -> Arrays.copyOfRange(turned, x * oldHeight, (x + 1) * oldHeight),
            oldHeight,
            width,
            height);
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    result.setRGB(0, 0, width, height, transpose(shortened, height, width), 0, width);
    return result;
  }

  /** The picture with its longer side at {@code side}, aspect ratio kept. */
  public static BufferedImage longerSide(BufferedImage picture, int side) {
    return scaled(picture, (double) side / Math.max(picture.getWidth(), picture.getHeight()));
  }

  /** The picture with its shorter side at {@code side}, aspect ratio kept. */
  public static BufferedImage shorterSide(BufferedImage picture, int side) {
    return scaled(picture, (double) side / Math.min(picture.getWidth(), picture.getHeight()));
  }

  private static BufferedImage scaled(BufferedImage picture, double factor) {
    int width = (int) Math.max(1, Math.round(picture.getWidth() * factor));
    int height = (int) Math.max(1, Math.round(picture.getHeight() * factor));
    return to(picture, width, height);
  }

  /** The central part of this size. */
  public static BufferedImage centre(BufferedImage picture, int width, int height) {
    if (width > picture.getWidth() || height > picture.getHeight()) {
      throw new IllegalArgumentException(
          "crop: "
              + width
              + " x "
              + height
              + " is larger than the picture of "
              + picture.getWidth()
              + " x "
              + picture.getHeight());
    }
    int x = (picture.getWidth() - width) / 2;
    int y = (picture.getHeight() - height) / 2;
    return picture.getSubimage(x, y, width, height);
  }

  /** Each line at another length. */
  private static int[] resized(IntFunction<int[]> lines, int length, int count, int newLength) {
    TriangleFilter filter = TriangleFilter.between(length, newLength);
    int[] result = new int[newLength * count];
    double[][] weights = new double[newLength][];
    Arrays.setAll(weights, filter::weights);
    for (int y = 0; y < count; y++) {
      int[] line = lines.apply(y);
      for (int x = 0; x < newLength; x++) {
        result[y * newLength + x] = blend(line, filter.first(x), weights[x]);
      }
    }
    return result;
  }

  private static int blend(int[] pixels, int from, double[] weights) {
    double red = 0.5;
    double green = 0.5;
    double blue = 0.5;
    for (int i = 0; i < weights.length; i++) {
      int pixel = pixels[from + i];
      red += weights[i] * (pixel >> 16 & 0xff);
      green += weights[i] * (pixel >> 8 & 0xff);
      blue += weights[i] * (pixel & 0xff);
    }
    return (int) red << 16 | (int) green << 8 | (int) blue;
  }

  private static int[] transpose(int[] pixels, int width, int height) {
    int[] transposed = new int[pixels.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        transposed[x * height + y] = pixels[y * width + x];
      }
    }
    return transposed;
  }
}
