package io.github.trimaran.vision.image;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.awt.image.BufferedImage;

/**
 * Pictures as float32 arrays {@code [1, 3, H, W]} of red, green and blue from 0 to 255, and back.
 */
public final class Pixels {

  private static final int CHANNELS = 3;

  private Pixels() {}

  /** The pixels of a picture. */
  public static HostArray of(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    float[] planes = new float[CHANNELS * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      planes[i] = pixels[i] >> 16 & 0xff;
      planes[pixels.length + i] = pixels[i] >> 8 & 0xff;
      planes[2 * pixels.length + i] = pixels[i] & 0xff;
    }
    return HostArray.of(planes, Shape.of(1, CHANNELS, height, width));
  }

  /**
   * The picture of such an array, rounded and clipped to 0..255.
   *
   * @throws IllegalArgumentException if the array is not {@code [1, 3, H, W]}
   */
  public static BufferedImage toPicture(HostArray pixels) {
    Shape shape = pixels.shape();
    if (shape.rank() != 4 || shape.dim(0) != 1 || shape.dim(1) != CHANNELS) {
      throw new IllegalArgumentException("picture: expected [1, 3, H, W], is " + shape);
    }
    int height = shape.dim(2);
    int width = shape.dim(3);
    int plane = height * width;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        rgb = rgb << 8 | clipped(pixels.get(channel * plane + i));
      }
      picture.setRGB(i % width, i / width, rgb);
    }
    return picture;
  }

  /** Rounded, and cut off at 0 and 255. */
  static int clipped(double value) {
    return (int) Math.round(Math.max(0, Math.min(255, value)));
  }
}
