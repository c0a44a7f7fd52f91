package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Rows and columns of zeros around an image, {@code [N, C, H, W] -> [N, C, top + H + bottom, left +
 * W + right]}.
 *
 * <pre>{@code
 * Layer right = new ZeroPad2d(0, 1, 0, 0);   // a column on the right
 * }</pre>
 */
public final class ZeroPad2d extends PadNd {

  /** That many on all sides. */
  public ZeroPad2d(int padding) {
    this(padding, padding, padding, padding);
  }

  /** That many on each side, in PyTorch's order. */
  public ZeroPad2d(int left, int right, int top, int bottom) {
    super(left, right, top, bottom);
  }

  @Override
  Tensor padded(Tensor x, int[] before, int[] after) {
    return x.pad(before, after, new int[4], 0);
  }
}
