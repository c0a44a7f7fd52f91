package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Pool2dGeometry;

/** Max pooling with 3 x 3 windows, which overlap at SqueezeNet's stride of 2, on float32. */
final class MaxPool3x3 {

  private static final int SIDE = 3;

  private final float[] image;
  private final float[] values;
  private final long[] indices;
  private final Pooling.Planes planes;
  private final Pool2dGeometry geometry;

  MaxPool3x3(
      float[] image,
      float[] values,
      long[] indices,
      Pooling.Planes planes,
      Pool2dGeometry geometry) {
    this.image = image;
    this.values = values;
    this.indices = indices;
    this.planes = planes;
    this.geometry = geometry;
  }

  /** Whether the pooling is of this form. */
  static boolean fits(Pool2dGeometry geometry) {
    return geometry.kernelH() == SIDE && geometry.kernelW() == SIDE;
  }

  /** Values and indices of one plane. */
  void plane(int plane) {
    int width = planes.width();
    int base = plane * planes.inputSize();
    int out = plane * planes.outputSize();
    for (int y = 0; y < planes.outHeight(); y++) {
      int top = y * geometry.strideH() - geometry.padH();
      boolean wholeRows = top >= 0 && top + SIDE <= planes.height();
      for (int x = 0; x < planes.outWidth(); x++, out++) {
        int left = x * geometry.strideW() - geometry.padW();
        if (wholeRows && left >= 0 && left + SIDE <= width) {
          whole(base, base + top * width + left, width, out);
        } else {
          clipped(base, top, left, out);
        }
      }
    }
  }

  /** Without branches: which of nine is largest follows no pattern. */
  private void whole(int base, int at, int width, int out) {
    int middle = at + width;
    int bottom = middle + width;
    float max1 = largest(at);
    float max2 = largest(middle);
    float max3 = largest(bottom);
    int best1 = indexOfLargest(at);
    int best2 = indexOfLargest(middle);
    int best3 = indexOfLargest(bottom);
    float upper = Math.max(max1, max2);
    float max = Math.max(upper, max3);
    int bestUpper = max2 > max1 ? best2 : best1;
    int best = max3 > upper ? best3 : bestUpper;
    if (Float.isNaN(max)) {
      best = firstNan(at, width, SIDE, SIDE);
    }
    values[out] = max;
    indices[out] = (long) best - base;
  }

  private float largest(int at) {
    return Math.max(Math.max(image[at], image[at + 1]), image[at + 2]);
  }

  private int indexOfLargest(int at) {
    int best = image[at + 1] > image[at] ? at + 1 : at;
    return image[at + 2] > Math.max(image[at], image[at + 1]) ? at + 2 : best;
  }

  /** A window that is partly outside. */
  private void clipped(int base, int top, int left, int out) {
    int firstRow = Math.max(top, 0);
    int firstColumn = Math.max(left, 0);
    int rows = Math.min(top + SIDE, planes.height()) - firstRow;
    int columns = Math.min(left + SIDE, planes.width()) - firstColumn;
    int at = base + firstRow * planes.width() + firstColumn;
    int best = at;
    float max = image[at];
    for (int h = 0; h < rows; h++) {
      for (int w = 0; w < columns; w++) {
        int here = at + h * planes.width() + w;
        best = image[here] > max ? here : best;
        max = Math.max(max, image[here]);
      }
    }
    if (Float.isNaN(max)) {
      best = firstNan(at, planes.width(), rows, columns);
    }
    values[out] = max;
    indices[out] = (long) best - base;
  }

  private int firstNan(int at, int width, int rows, int columns) {
    for (int h = 0; h < rows; h++) {
      for (int w = 0; w < columns; w++) {
        if (Float.isNaN(image[at + h * width + w])) {
          return at + h * width + w;
        }
      }
    }
    throw new AssertionError("a maximum of NaN without a NaN");
  }
}
