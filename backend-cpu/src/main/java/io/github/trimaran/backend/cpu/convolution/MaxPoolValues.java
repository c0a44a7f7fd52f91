package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Pool2dGeometry;

/**
 * The values of a max pooling on float32, without their places: first the largest of each column of
 * a row of windows, which the JIT vectorises, then the largest of each window's columns.
 */
final class MaxPoolValues {

  private final float[] image;
  private final float[] values;
  private final Pooling.Planes planes;
  private final Pool2dGeometry geometry;

  MaxPoolValues(float[] image, float[] values, Pooling.Planes planes, Pool2dGeometry geometry) {
    this.image = image;
    this.values = values;
    this.planes = planes;
    this.geometry = geometry;
  }

  /** Those of one plane. */
  void plane(int plane) {
    int width = planes.width();
    float[] largest = new float[width];
    float[] row = new float[width];
    int base = plane * planes.inputSize();
    int out = plane * planes.outputSize();
    for (int y = 0; y < planes.outHeight(); y++) {
      int top = y * geometry.strideH() - geometry.padH();
      int first = Math.max(top, 0);
      int end = Math.min(top + geometry.kernelH(), planes.height());
      System.arraycopy(image, base + first * width, largest, 0, width);
      for (int h = first + 1; h < end; h++) {
        System.arraycopy(image, base + h * width, row, 0, width);
        raise(largest, row);
      }
      across(largest, out);
      out += planes.outWidth();
    }
  }

  private static void raise(float[] largest, float[] row) {
    for (int x = 0; x < largest.length; x++) {
      largest[x] = Math.max(largest[x], row[x]);
    }
  }

  private void across(float[] largest, int out) {
    int kernel = geometry.kernelW();
    int stride = geometry.strideW();
    for (int x = 0; x < planes.outWidth(); x++) {
      int left = x * stride - geometry.padW();
      int end = Math.min(left + kernel, largest.length);
      int first = Math.max(left, 0);
      float max = largest[first];
      for (int w = first + 1; w < end; w++) {
        max = Math.max(max, largest[w]);
      }
      values[out + x] = max;
    }
  }
}
