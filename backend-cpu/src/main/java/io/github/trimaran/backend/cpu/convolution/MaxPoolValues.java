package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.backend.cpu.kernels.Maxima;

/**
 * The values of a max pooling on float32, without their places: first the largest of each column of
 * a row of windows, then the largest of neighbouring columns, of which each window takes its one.
 */
final class MaxPoolValues {

  private final Maxima maxima;
  private final float[] image;
  private final float[] values;
  private final Pooling.Planes planes;
  private final Pool2dGeometry geometry;

  /** The windows of a row that lie wholly inside it: from the first to before the end. */
  private final int firstInside;

  private final int endInside;

  MaxPoolValues(
      Maxima maxima,
      float[] image,
      float[] values,
      Pooling.Planes planes,
      Pool2dGeometry geometry) {
    this.maxima = maxima;
    this.image = image;
    this.values = values;
    this.planes = planes;
    this.geometry = geometry;
    int stride = geometry.strideW();
    firstInside = Math.min((geometry.padW() + stride - 1) / stride, planes.outWidth());
    int room = planes.width() + geometry.padW() - geometry.kernelW();
    int end = room < 0 ? 0 : Math.min(room / stride + 1, planes.outWidth());
    endInside = Math.max(end, firstInside);
  }

  /** Those of one plane. */
  void plane(int plane) {
    int width = planes.width();
    float[] largest = new float[width];
    float[] ofNeighbours = new float[width];
    int base = plane * planes.inputSize();
    int out = plane * planes.outputSize();
    for (int y = 0; y < planes.outHeight(); y++) {
      int top = y * geometry.strideH() - geometry.padH();
      int first = Math.max(top, 0);
      int end = Math.min(top + geometry.kernelH(), planes.height());
      maxima.largest(image, base + first * width, width, end - first, largest, width);
      across(largest, ofNeighbours, out);
      out += planes.outWidth();
    }
  }

  private void across(float[] largest, float[] ofNeighbours, int out) {
    int kernel = geometry.kernelW();
    int stride = geometry.strideW();
    for (int x = 0; x < firstInside; x++) {
      clipped(largest, x, out);
    }
    if (endInside > firstInside) {
      maxima.largest(largest, 0, 1, kernel, ofNeighbours, largest.length - kernel + 1);
      int left = firstInside * stride - geometry.padW();
      for (int x = firstInside; x < endInside; x++) {
        values[out + x] = ofNeighbours[left];
        left += stride;
      }
    }
    for (int x = endInside; x < planes.outWidth(); x++) {
      clipped(largest, x, out);
    }
  }

  /** A window that is partly outside. */
  private void clipped(float[] largest, int x, int out) {
    int left = x * geometry.strideW() - geometry.padW();
    int first = Math.max(left, 0);
    int end = Math.min(left + geometry.kernelW(), largest.length);
    float max = largest[first];
    for (int w = first + 1; w < end; w++) {
      max = Math.max(max, largest[w]);
    }
    values[out + x] = max;
  }
}
