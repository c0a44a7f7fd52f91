package io.github.trimaran.examples.photographs;

import io.github.trimaran.vision.digits.DistanceTransform;
import java.util.BitSet;

/**
 * A handwritten digit of 28 x 28 grey pixels as a shape with an outline, so that it can be drawn at
 * any size with any pen: how far a point is from the outline, negative inside, in those pixels.
 */
final class Handwriting {

  private static final int SIDE = 28;

  /** Finer than the pixels by this factor. */
  private static final int FINE = 6;

  private static final int FINE_SIDE = SIDE * FINE;

  private final float[] pixels;
  private final float[] distances;

  private Handwriting(float[] pixels, float[] distances) {
    this.pixels = pixels;
    this.distances = distances;
  }

  /**
   * The strokes as they are.
   *
   * @param pixels from 0 (paper) to 255 (ink), row by row
   */
  static Handwriting of(float[] pixels) {
    BitSet ink = ink(pixels);
    BitSet paper = (BitSet) ink.clone();
    paper.flip(0, FINE_SIDE * FINE_SIDE);
    float[] inside = DistanceTransform.of(paper, FINE_SIDE, FINE_SIDE);
    float[] distances = DistanceTransform.of(ink, FINE_SIDE, FINE_SIDE);
    for (int i = 0; i < distances.length; i++) {
      distances[i] = (distances[i] - inside[i]) / FINE;
    }
    return new Handwriting(pixels, distances);
  }

  /** With strokes wider by this on either side. */
  Handwriting widened(double more) {
    float[] less = distances.clone();
    for (int i = 0; i < less.length; i++) {
      less[i] -= (float) more;
    }
    return new Handwriting(pixels, less);
  }

  /** With strokes of one width, along the middle of those there were. */
  Handwriting penned(double width) {
    float[] fromMiddle = DistanceTransform.of(thinned(ink(pixels)), FINE_SIDE, FINE_SIDE);
    for (int i = 0; i < fromMiddle.length; i++) {
      fromMiddle[i] = (float) (fromMiddle[i] / FINE - width / 2);
    }
    return new Handwriting(pixels, fromMiddle);
  }

  /** The distance at a point, whose origin is the middle of the 28 x 28 pixels. */
  double distance(double x, double y) {
    double column = Math.max(0, Math.min(FINE_SIDE - 1.001, (x + SIDE / 2.0) * FINE - 0.5));
    double row = Math.max(0, Math.min(FINE_SIDE - 1.001, (y + SIDE / 2.0) * FINE - 0.5));
    int left = (int) column;
    int top = (int) row;
    int i = top * FINE_SIDE + left;
    double right = column - left;
    double down = row - top;
    return (1 - down) * ((1 - right) * distances[i] + right * distances[i + 1])
        + down * ((1 - right) * distances[i + FINE_SIDE] + right * distances[i + FINE_SIDE + 1]);
  }

  private static BitSet ink(float[] pixels) {
    BitSet ink = new BitSet(FINE_SIDE * FINE_SIDE);
    for (int i = 0; i < FINE_SIDE * FINE_SIDE; i++) {
      double x = (i % FINE_SIDE + 0.5) / FINE - 0.5;
      double y = (Math.floorDiv(i, FINE_SIDE) + 0.5) / FINE - 0.5;
      int column = (int) Math.floor(x);
      int row = (int) Math.floor(y);
      double right = x - column;
      double down = y - row;
      double level =
          (1 - down) * ((1 - right) * at(pixels, column, row) + right * at(pixels, column + 1, row))
              + down
                  * ((1 - right) * at(pixels, column, row + 1)
                      + right * at(pixels, column + 1, row + 1));
      ink.set(i, level > 110);
    }
    return ink;
  }

  private static double at(float[] pixels, int x, int y) {
    return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : pixels[y * SIDE + x];
  }

  /** Lines one place wide in the middle of strokes (Zhang and Suen 1984). */
  private static BitSet thinned(BitSet ink) {
    BitSet thin = (BitSet) ink.clone();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int pass = 0; pass < 2; pass++) {
        BitSet remove = new BitSet();
        for (int i = thin.nextSetBit(0); i >= 0; i = thin.nextSetBit(i + 1)) {
          if (isRemovable(thin, i, pass)) {
            remove.set(i);
          }
        }
        changed |= !remove.isEmpty();
        thin.andNot(remove);
      }
    }
    return thin;
  }

  private static boolean isRemovable(BitSet thin, int i, int pass) {
    int row = i / FINE_SIDE;
    int column = i % FINE_SIDE;
    if (row == 0 || column == 0 || row == FINE_SIDE - 1 || column == FINE_SIDE - 1) {
      return true;
    }
    int w = FINE_SIDE;
    int[] round = {i - w, i - w + 1, i + 1, i + w + 1, i + w, i + w - 1, i - 1, i - w - 1};
    int neighbours = 0;
    int starts = 0;
    for (int k = 0; k < 8; k++) {
      boolean here = thin.get(round[k]);
      neighbours += here ? 1 : 0;
      starts += !here && thin.get(round[(k + 1) % 8]) ? 1 : 0;
    }
    boolean up = thin.get(round[0]);
    boolean right = thin.get(round[2]);
    boolean down = thin.get(round[4]);
    boolean left = thin.get(round[6]);
    boolean outer =
        pass == 0
            ? !(up && right && down) && !(right && down && left)
            : !(up && right && left) && !(up && down && left);
    return neighbours >= 2 && neighbours <= 6 && starts == 1 && outer;
  }
}
