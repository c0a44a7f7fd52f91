package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Pool2dGeometry;

/** The most frequent max pooling: 2 x 2 windows side by side, on float32. */
final class MaxPool2x2 {

  private MaxPool2x2() {}

  /** Whether the pooling is of this form. */
  static boolean fits(Pool2dGeometry geometry, Pooling.Planes planes) {
    return geometry.kernelH() == 2
        && geometry.kernelW() == 2
        && geometry.strideH() == 2
        && geometry.strideW() == 2
        && geometry.padH() == 0
        && geometry.padW() == 0
        && 2 * planes.outHeight() <= planes.height()
        && 2 * planes.outWidth() <= planes.width();
  }

  /**
   * Values and indices of one plane. Without branches: which of four is largest follows no pattern.
   */
  static void plane(
      float[] image, float[] values, long[] indices, int plane, Pooling.Planes planes) {
    int width = planes.width();
    int base = plane * planes.inputSize();
    int out = plane * planes.outputSize();
    for (int y = 0; y < planes.outHeight(); y++) {
      int row = base + 2 * y * width;
      for (int x = 0; x < planes.outWidth(); x++) {
        int at = row + 2 * x;
        float a = image[at];
        float b = image[at + 1];
        float c = image[at + width];
        float d = image[at + width + 1];
        float top = Math.max(a, b);
        float bottom = Math.max(c, d);
        float max = Math.max(top, bottom);
        int atTop = b > a ? at + 1 : at;
        int atBottom = d > c ? at + width + 1 : at + width;
        int best = bottom > top ? atBottom : atTop;
        if (Float.isNaN(max)) {
          best = firstNan(image, at, width);
        }
        values[out] = max;
        indices[out++] = (long) best - base;
      }
    }
  }

  private static int firstNan(float[] image, int at, int width) {
    if (Float.isNaN(image[at])) {
      return at;
    }
    if (Float.isNaN(image[at + 1])) {
      return at + 1;
    }
    return Float.isNaN(image[at + width]) ? at + width : at + width + 1;
  }
}
