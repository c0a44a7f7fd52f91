package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;

/**
 * The maximum under each window, {@code [N, C, H, W] -> [N, C, OH, OW]}.
 *
 * <pre>{@code
 * Layer half = new MaxPool2d(2);
 * Layer overlapping = new MaxPool2d(3, 2).padding(1).ceilMode();
 * Layer wide = new MaxPool2d(Pool2dGeometry.window(2, 3)).stride(2, 1);
 * }</pre>
 *
 * <pre>
 * OH = floor((H + 2 padding - dilation (kernel - 1) - 1) / stride) + 1
 * </pre>
 *
 * <p>The padding never wins; the gradient goes to the first of equal maxima.
 */
public final class MaxPool2d extends MaxPoolNd<MaxPool2d> {

  private MaxPool2d(Pool2dGeometry geometry, int dilationH, int dilationW) {
    super(geometry, false, dilationH, dilationW);
  }

  /** With that window. */
  public MaxPool2d(Pool2dGeometry geometry) {
    this(geometry, 1, 1);
  }

  /** Square windows side by side. */
  public MaxPool2d(int kernel) {
    this(kernel, kernel);
  }

  /** Square windows, {@code stride} apart. */
  public MaxPool2d(int kernel, int stride) {
    this(Pool2dGeometry.of(kernel, stride));
  }

  @Override
  MaxPool2d with(Pool2dGeometry changed, int height, int width) {
    return new MaxPool2d(changed, height, width);
  }

  /** The same with windows that many rows and columns apart. */
  public MaxPool2d stride(int height, int width) {
    return with(geometry().withStride(height, width));
  }

  /** The same with that many rows of padding above and below, and columns left and right. */
  public MaxPool2d padding(int height, int width) {
    return with(geometry().withPadding(height, width));
  }

  /** The same with elements of the window that many rows and columns apart. */
  public MaxPool2d dilation(int height, int width) {
    return with(geometry(), height, width);
  }
}
