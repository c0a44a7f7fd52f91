package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Goes on beyond the edges of an image with the values there: {@code 1 1 1 2 3 3} of {@code 1 2 3}.
 * {@code [N, C, H, W] -> [N, C, top + H + bottom, left + W + right]}.
 *
 * <pre>{@code
 * Layer longer = new ReplicationPad2d(2);
 * }</pre>
 */
public final class ReplicationPad2d extends PadNd {

  /** That many on all sides. */
  public ReplicationPad2d(int padding) {
    this(padding, padding, padding, padding);
  }

  /** That many on each side, in PyTorch's order. */
  public ReplicationPad2d(int left, int right, int top, int bottom) {
    super(left, right, top, bottom);
  }

  @Override
  Tensor padded(Tensor x, int[] before, int[] after) {
    return x.padReplicate(before, after);
  }
}
