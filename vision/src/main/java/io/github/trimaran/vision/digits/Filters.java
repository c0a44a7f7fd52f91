package io.github.trimaran.vision.digits;

import java.util.Arrays;

/** The filters that the search for ink is made of, each over rows and then over columns. */
final class Filters {

  private Filters() {}

  /** Mean with the weights 1, 2, 1 in both directions: takes half of the grain away. */
  static Plane smooth(Plane plane) {
    return smoothRows(smoothRows(plane).transposed()).transposed();
  }

  private static Plane smoothRows(Plane plane) {
    Plane smooth = Plane.of(plane.width(), plane.height());
    for (int y = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++) {
        smooth.values()[y * plane.width() + x] =
            (plane.nearest(x - 1, y) + 2 * plane.at(x, y) + plane.nearest(x + 1, y)) / 4;
      }
    }
    return smooth;
  }

  /** The largest value in a square, as far as it lies on the plane. */
  static Plane maximum(Plane plane, int radius) {
    return maximumRows(maximumRows(plane, radius).transposed(), radius).transposed();
  }

  /** Two passes over blocks, whatever the radius (van Herk 1992). */
  private static Plane maximumRows(Plane plane, int radius) {
    int width = plane.width();
    int window = 2 * radius + 1;
    int padded = (width + 2 * radius + window - 1) / window * window;
    float[] fromLeft = new float[padded];
    float[] fromRight = new float[padded];
    Plane maximum = Plane.of(width, plane.height());
    for (int y = 0; y < plane.height(); y++) {
      Arrays.fill(fromLeft, Float.NEGATIVE_INFINITY);
      System.arraycopy(plane.values(), y * width, fromLeft, radius, width);
      System.arraycopy(fromLeft, 0, fromRight, 0, padded);
      for (int i = 1; i < padded; i++) {
        if (i % window != 0) {
          fromLeft[i] = Math.max(fromLeft[i], fromLeft[i - 1]);
        }
      }
      for (int i = padded - 2; i >= 0; i--) {
        if (i % window != window - 1) {
          fromRight[i] = Math.max(fromRight[i], fromRight[i + 1]);
        }
      }
      for (int x = 0; x < width; x++) {
        maximum.values()[y * width + x] = Math.max(fromRight[x], fromLeft[x + window - 1]);
      }
    }
    return maximum;
  }

  /** The other way round: dark becomes light. */
  static Plane negative(Plane plane) {
    Plane negative = Plane.of(plane.width(), plane.height());
    for (int i = 0; i < plane.values().length; i++) {
      negative.values()[i] = -plane.values()[i];
    }
    return negative;
  }
}
