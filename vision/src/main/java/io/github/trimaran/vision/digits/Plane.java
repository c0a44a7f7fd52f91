package io.github.trimaran.vision.digits;

/**
 * One value for each pixel, row by row.
 *
 * @param values {@code [height * width]}
 */
record Plane(int width, int height, float[] values) {

  /** All zeros. */
  static Plane of(int width, int height) {
    return new Plane(width, height, new float[width * height]);
  }

  float at(int x, int y) {
    return values[y * width + x];
  }

  /** The value of the nearest pixel of the plane. */
  float nearest(int x, int y) {
    return at(Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y)));
  }

  /** The length of the shorter side: what distances are measured in. */
  int shorter() {
    return Math.min(width, height);
  }

  /** Rows and columns exchanged. */
  Plane transposed() {
    Plane turned = of(height, width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        turned.values[x * height + y] = values[y * width + x];
      }
    }
    return turned;
  }
}
