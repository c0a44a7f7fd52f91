package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.Arrays;

/**
 * Lays the windows of an image out as the columns of a matrix, and adds such a matrix back to an
 * image. Row {@code (c, i, j)} of the matrix {@code [channels * KH * KW, rows * OW]} holds what
 * weight element (c, i, j) meets under each window.
 */
final class Im2col {

  private final Conv2dGeometry geometry;
  private final DType dtype;
  private final int height;
  private final int width;
  private final int kernelH;
  private final int kernelW;
  private final int outputW;

  Im2col(Conv2dGeometry geometry, DType dtype, Shape input, Shape weight) {
    this.geometry = geometry;
    this.dtype = dtype;
    this.height = input.dim(2);
    this.width = input.dim(3);
    this.kernelH = weight.dim(2);
    this.kernelW = weight.dim(3);
    this.outputW = geometry.outputWidth(width, kernelW);
  }

  /** Whether the columns are the image itself. */
  boolean isIdentity() {
    return kernelH == 1
        && kernelW == 1
        && geometry.strideH() == 1
        && geometry.strideW() == 1
        && geometry.padTop() + geometry.padBottom() == 0
        && geometry.padLeft() + geometry.padRight() == 0;
  }

  /**
   * Writes the columns of output rows {@code firstRow} to below {@code endRow}.
   *
   * @param firstPlane the plane of the first channel in {@code image}, {@code [planes, H, W]}
   */
  void columns(
      Nd4jArray image, int firstPlane, int channels, int firstRow, int endRow, Nd4jArray columns) {
    Object plane = heap(0, height * width);
    int length = (endRow - firstRow) * outputW;
    Object line = heap(1, length);
    for (int c = 0; c < channels; c++) {
      read(image, (firstPlane + c) * height * width, plane, height * width);
      for (int k = 0; k < kernelH * kernelW; k++) {
        for (int y = firstRow; y < endRow; y++) {
          line(plane, y, k / kernelW, k % kernelW, line, (y - firstRow) * outputW);
        }
        write(line, columns, (c * kernelH * kernelW + k) * length, length);
      }
    }
  }

  private void line(Object plane, int y, int i, int j, Object line, int to) {
    int row = y * geometry.strideH() + i * geometry.dilationH() - geometry.padTop();
    int first = firstInside(j);
    int end = row < 0 || row >= height ? first : endInside(j);
    zero(line, to, to + first);
    if (end > first) {
      int from = row * width + column(first, j);
      if (geometry.strideW() == 1) {
        System.arraycopy(plane, from, line, to + first, end - first);
      } else {
        copy(plane, from, line, to + first, end - first);
      }
    }
    zero(line, to + Math.max(first, end), to + outputW);
  }

  /** The adjoint of {@link #columns}: adds the columns to the planes they came from. */
  void addBack(
      Nd4jArray columns, Nd4jArray image, int firstPlane, int channels, int firstRow, int endRow) {
    Object plane = heap(0, height * width);
    int length = (endRow - firstRow) * outputW;
    Object line = heap(1, length);
    for (int c = 0; c < channels; c++) {
      int at = (firstPlane + c) * height * width;
      read(image, at, plane, height * width);
      for (int k = 0; k < kernelH * kernelW; k++) {
        int i = k / kernelW;
        int j = k % kernelW;
        read(columns, (c * kernelH * kernelW + k) * length, line, length);
        int first = firstInside(j);
        int end = endInside(j);
        for (int y = firstRow; y < endRow; y++) {
          int row = y * geometry.strideH() + i * geometry.dilationH() - geometry.padTop();
          if (row >= 0 && row < height && end > first) {
            int from = (y - firstRow) * outputW + first;
            add(line, from, plane, row * width + column(first, j), end - first);
          }
        }
      }
      write(plane, image, at, height * width);
    }
  }

  /** The image column that kernel column j meets in output column x. */
  private int column(int x, int j) {
    return x * geometry.strideW() + j * geometry.dilationW() - geometry.padLeft();
  }

  /** The first output column in which kernel column j meets the image. */
  private int firstInside(int j) {
    int missing = geometry.padLeft() - j * geometry.dilationW();
    int first = missing <= 0 ? 0 : (missing + geometry.strideW() - 1) / geometry.strideW();
    return Math.min(first, outputW);
  }

  /** The output column after the last in which kernel column j meets the image. */
  private int endInside(int j) {
    int room = width - 1 + geometry.padLeft() - j * geometry.dilationW();
    return room < 0 ? 0 : Math.min(outputW, room / geometry.strideW() + 1);
  }

  // The plane and the line are arrays of float or of double, as the type asks.

  private Object heap(int slot, int length) {
    Scratch scratch = Scratch.get();
    return dtype == DType.FLOAT32 ? scratch.floats(slot, length) : scratch.doubles(slot, length);
  }

  private static void read(Nd4jArray array, int start, Object target, int count) {
    if (target instanceof float[] floats) {
      array.floats().get(start, floats, 0, count);
    } else {
      array.doubles().get(start, (double[]) target, 0, count);
    }
  }

  private static void write(Object source, Nd4jArray array, int start, int count) {
    if (source instanceof float[] floats) {
      array.floats().put(start, floats, 0, count);
    } else {
      array.doubles().put(start, (double[]) source, 0, count);
    }
  }

  private static void zero(Object array, int start, int end) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, start, end, 0);
    } else {
      Arrays.fill((double[]) array, start, end, 0);
    }
  }

  private void copy(Object plane, int from, Object line, int to, int count) {
    int step = geometry.strideW();
    if (plane instanceof float[] source) {
      float[] target = (float[]) line;
      for (int x = 0; x < count; x++) {
        target[to + x] = source[from + x * step];
      }
    } else {
      double[] source = (double[]) plane;
      double[] target = (double[]) line;
      for (int x = 0; x < count; x++) {
        target[to + x] = source[from + x * step];
      }
    }
  }

  private void add(Object line, int from, Object plane, int to, int count) {
    int step = geometry.strideW();
    if (plane instanceof float[] target) {
      float[] source = (float[]) line;
      for (int x = 0; x < count; x++) {
        target[to + x * step] += source[from + x];
      }
    } else {
      double[] target = (double[]) plane;
      double[] source = (double[]) line;
      for (int x = 0; x < count; x++) {
        target[to + x * step] += source[from + x];
      }
    }
  }
}
