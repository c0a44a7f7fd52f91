package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.Layout;

/**
 * The im2col matrix of an image as a view: six axes made only by choosing strides.
 *
 * <p>A convolution is a matrix product of the weights with the matrix whose row {@code (c, i, j)}
 * and column {@code (n, y, x)} hold what kernel element {@code (c, i, j)} sees when the window
 * stands at {@code (y, x)} of image {@code n}. Each pixel is in that matrix up to {@code KH * KW}
 * times, so writing it down costs more than the multiplication. But it need not be written down.
 * Over the padded image,
 *
 * <pre>
 * view[c, i, j, n, y, x] = padded[n, c, y * strideH + i * dilationH, x * strideW + j * dilationW]
 * </pre>
 *
 * has an address linear in all six indices: it is a strided array whose elements overlap.
 */
public final class Im2col {

  private Im2col() {}

  /**
   * The view.
   *
   * @param padded the layout of the padded image {@code [N, C, PH, PW]}
   * @param channels how many channels of it, from the first on: those of one group
   * @param kernelH rows of the kernel
   * @param kernelW columns of the kernel
   * @param outputH rows of the output
   * @param outputW columns of the output
   * @return {@code [C, KH, KW, N, OH, OW]}
   */
  public static Layout view(
      Layout padded,
      int channels,
      int kernelH,
      int kernelW,
      int outputH,
      int outputW,
      Conv2dGeometry geometry) {
    int image = padded.stride(0);
    int channel = padded.stride(1);
    int row = padded.stride(2);
    int column = padded.stride(3);
    return new Layout(
        Shape.of(channels, kernelH, kernelW, padded.shape().dim(0), outputH, outputW),
        new int[] {
          channel,
          geometry.dilationH() * row,
          geometry.dilationW() * column,
          image,
          geometry.strideH() * row,
          geometry.strideW() * column
        },
        padded.offset());
  }
}
