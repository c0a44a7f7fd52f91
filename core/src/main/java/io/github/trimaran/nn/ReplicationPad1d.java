package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Goes on beyond the edges of a line with the values there: {@code 1 1 1 2 3 3} of {@code 1 2 3}.
 * {@code [N, C, L] -> [N, C, left + L + right]}.
 *
 * <pre>{@code
 * Layer longer = new ReplicationPad1d(2);
 * }</pre>
 */
public final class ReplicationPad1d extends PadNd {

  /** That many on all sides. */
  public ReplicationPad1d(int padding) {
    this(padding, padding);
  }

  /** That many on each side, in PyTorch's order. */
  public ReplicationPad1d(int left, int right) {
    super(left, right);
  }

  @Override
  Tensor padded(Tensor x, int[] before, int[] after) {
    return x.padReplicate(before, after);
  }
}
