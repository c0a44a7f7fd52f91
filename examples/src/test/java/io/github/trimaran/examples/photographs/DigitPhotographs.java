package io.github.trimaran.examples.photographs;

import io.github.trimaran.random.Rng;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Photographs of handwritten digits that were never taken: see {@link Disturbance}. */
public final class DigitPhotographs {

  private DigitPhotographs() {}

  /** What photographs can suffer from. */
  public static Disturbance[] disturbances() {
    return Disturbance.values();
  }

  /** Those that say something of a page without a digit. */
  static Disturbance[] blanks() {
    return new Disturbance[] {
      Disturbance.PLAIN,
      Disturbance.RULED,
      Disturbance.SQUARED,
      Disturbance.MARGIN,
      Disturbance.VIGNETTE,
      Disturbance.SHADOW,
      Disturbance.SPECKS,
      Disturbance.TABLE_BESIDE,
      Disturbance.TABLE_ROUND,
      Disturbance.FRAME,
      Disturbance.CREASES
    };
  }

  /**
   * One photograph.
   *
   * @param pixels 28 x 28 of the digit, from 0 (paper) to 255 (ink)
   * @param rng everything follows from it
   */
  public static BufferedImage of(Disturbance disturbance, float[] pixels, Rng rng)
      throws IOException {
    return photograph(disturbance, Handwriting.of(pixels), rng);
  }

  /** The same without a digit. */
  public static BufferedImage blank(Disturbance disturbance, Rng rng) throws IOException {
    return photograph(disturbance, null, rng);
  }

  /** White ink on nothing, as drawing programs save it. */
  public static BufferedImage drawing(float[] pixels, Rng rng) {
    return Disturbance.sheet(Handwriting.of(pixels), rng).drawing();
  }

  private static BufferedImage photograph(Disturbance disturbance, Handwriting digit, Rng rng)
      throws IOException {
    Scene scene = Disturbance.sheet(digit, rng);
    disturbance.apply(scene, rng);
    return scene.photograph(rng);
  }
}
