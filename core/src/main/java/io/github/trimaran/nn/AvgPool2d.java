package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;

/**
 * The mean under each window, {@code [N, C, H, W] -> [N, C, OH, OW]}.
 *
 * <pre>{@code
 * Layer half = new AvgPool2d(2);
 * Layer smooth = new AvgPool2d(3, 1).padding(1).withoutCountingPadding();
 * Layer rows = new AvgPool2d(Pool2dGeometry.window(1, 4)).stride(1, 2);
 * }</pre>
 *
 * <pre>
 * OH = floor((H + 2 padding - kernel) / stride) + 1
 * </pre>
 */
public final class AvgPool2d extends AvgPoolNd<AvgPool2d> {

  /** With that window. */
  public AvgPool2d(Pool2dGeometry geometry) {
    super(geometry, false);
  }

  /** Square windows side by side. */
  public AvgPool2d(int kernel) {
    this(kernel, kernel);
  }

  /** Square windows, {@code stride} apart. */
  public AvgPool2d(int kernel, int stride) {
    this(Pool2dGeometry.of(kernel, stride));
  }

  @Override
  AvgPool2d with(Pool2dGeometry changed) {
    return new AvgPool2d(changed);
  }

  /** The same with windows that many rows and columns apart. */
  public AvgPool2d stride(int height, int width) {
    return with(geometry().withStride(height, width));
  }

  /** The same with that many rows of padding above and below, and columns left and right. */
  public AvgPool2d padding(int height, int width) {
    return with(geometry().withPadding(height, width));
  }
}
