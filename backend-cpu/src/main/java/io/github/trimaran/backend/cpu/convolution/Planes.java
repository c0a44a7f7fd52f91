package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.Layout;
import java.util.Arrays;

/**
 * Single planes of images, with zeros around them, as a {@link
 * io.github.trimaran.backend.cpu.kernels.TapSums} reads them. Where a window moves by more than one
 * row or column, those that lie so far apart are put side by side, for then it moves by one.
 *
 * <pre>
 * stride 2, one zero around:   0 0 0 0 0 0
 *                              0 a b c d 0        rows 0, 2, 4   000   000        rows 1, 3   0bd   ac0
 *                              0 e f g h 0   ->                  0fh   eg0                    0jl   ik0
 *                              0 i j k l 0                       000   000
 *                              0 0 0 0 0 0                  columns 0, 2, 4 and 1, 3, 5
 * </pre>
 *
 * @param height rows of the plane
 * @param width its columns
 * @param top rows of zeros above it
 * @param left columns of zeros left of it
 * @param strideH rows by which a window moves
 * @param strideW columns by which it moves
 * @param rows of each part, of which there are {@code strideH strideW}
 * @param columns of each part
 */
record Planes(
    int height, int width, int top, int left, int strideH, int strideW, int rows, int columns) {

  /**
   * With as many zeros below and on the right as fill up {@code tall} rows, {@code wide} columns.
   */
  static Planes of(
      int height, int width, int top, int left, int tall, int wide, int strideH, int strideW) {
    return new Planes(
        height,
        width,
        top,
        left,
        strideH,
        strideW,
        (tall - 1) / strideH + 1,
        (wide - 1) / strideW + 1);
  }

  /** What the windows of a convolution of {@code [N, C, H, W]} move over. */
  static Planes of(Shape input, Conv2dGeometry geometry) {
    return of(
        input.dim(2),
        input.dim(3),
        geometry.padTop(),
        geometry.padLeft(),
        geometry.padTop() + input.dim(2) + geometry.padBottom(),
        geometry.padLeft() + input.dim(3) + geometry.padRight(),
        geometry.strideH(),
        geometry.strideW());
  }

  /** Elements of a plane, zeros included. */
  int size() {
    return strideH * strideW * rows * columns;
  }

  /** Where row {@code y} and column {@code x}, counted with the zeros, lie. */
  int at(int y, int x) {
    int part = y % strideH * strideW + x % strideW;
    return (part * rows + y / strideH) * columns + x / strideW;
  }

  /**
   * Where the elements of the first window are, of each channel's plane.
   *
   * @param weight {@code [F, C, KH, KW]}
   * @param plane from the plane of a channel to that of the next
   */
  int[] taps(Shape weight, Conv2dGeometry geometry, int plane) {
    int[] taps = new int[weight.dim(1) * weight.dim(2) * weight.dim(3)];
    int next = 0;
    for (int c = 0; c < weight.dim(1); c++) {
      for (int i = 0; i < weight.dim(2); i++) {
        for (int j = 0; j < weight.dim(3); j++) {
          taps[next++] = c * plane + at(i * geometry.dilationH(), j * geometry.dilationW());
        }
      }
    }
    return taps;
  }

  /** Elements from the first to the last place of a window that has so many places. */
  int places(int placesH, int placesW) {
    return (placesH - 1) * columns + placesW;
  }

  /** Lays a plane out. */
  void fill(float[] image, Layout layout, int n, int channel, float[] planes, int to) {
    Arrays.fill(planes, to, to + size(), 0);
    int start = layout.offset() + n * layout.stride(0) + channel * layout.stride(1);
    int step = strideW * layout.stride(3);
    for (int y = 0; y < height; y++) {
      int from = start + y * layout.stride(2);
      for (int x = 0; x < Math.min(strideW, width); x++) {
        int count = (width - 1 - x) / strideW + 1;
        copy(image, from + x * layout.stride(3), step, planes, to + at(y + top, x + left), count);
      }
    }
  }

  private static void copy(float[] from, int start, int step, float[] to, int at, int count) {
    if (step == 1) {
      System.arraycopy(from, start, to, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to[at + i] = from[start + i * step];
    }
  }
}
