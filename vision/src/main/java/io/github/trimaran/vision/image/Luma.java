package io.github.trimaran.vision.image;

/**
 * How bright a colour looks on a screen: Rec. 601's luma, {@code 0.299 R + 0.587 G + 0.114 B}.
 *
 * <pre>{@code
 * double bright = Luma.of(picture.getRGB(x, y)); // 0 to 255
 * }</pre>
 */
public final class Luma {

  private Luma() {}

  /** From 0 to 255, of a colour packed as {@code 0xRRGGBB}. */
  public static double of(int rgb) {
    return 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
  }
}
