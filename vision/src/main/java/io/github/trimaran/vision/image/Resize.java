package io.github.trimaran.vision.image;

import java.awt.image.BufferedImage;

/**
 * Resizing with a triangle filter that widens when it shrinks, so that every source pixel counts:
 * what Pillow calls {@code BILINEAR}. Rows first, rounded to 8 bits, then columns, as Pillow does.
 */
public final class Resize {

  private Resize() {}

  /** The whole picture at another size; its aspect ratio may change. */
  public static BufferedImage to(BufferedImage picture, int width, int height) {
    if (picture.getWidth() == width && picture.getHeight() == height) {
      return picture;
    }
    int[] source =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    int[] narrowed = columns(source, picture.getWidth(), picture.getHeight(), width);
    int[] turned = transpose(narrowed, width, picture.getHeight());
    int[] resized = transpose(columns(turned, picture.getHeight(), width, height), height, width);
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    result.setRGB(0, 0, width, height, resized, 0, width);
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

  private static int[] columns(int[] pixels, int width, int height, int newWidth) {
    int[] result = new int[newWidth * height];
    double scale = (double) width / newWidth;
    double radius = Math.max(scale, 1);
    for (int x = 0; x < newWidth; x++) {
      double centre = (x + 0.5) * scale;
      int first = Math.max(0, (int) (centre - radius + 0.5));
      int last = Math.min(width, (int) (centre + radius + 0.5));
      double[] weights = weights(first, last, centre, radius);
      for (int y = 0; y < height; y++) {
        result[y * newWidth + x] = blend(pixels, y * width + first, weights);
      }
    }
    return result;
  }

  private static double[] weights(int first, int last, double centre, double radius) {
    double[] weights = new double[last - first];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = Math.abs(first + i + 0.5 - centre) / radius;
      weights[i] = Math.max(0, 1 - distance);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
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
