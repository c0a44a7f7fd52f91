package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Goes on beyond the edges of a line with its mirror image, the edge itself not repeated: {@code 3
 * 2 1 2 3 2} of {@code 1 2 3}. {@code [N, C, L] -> [N, C, left + L + right]}.
 *
 * <pre>{@code
 * Layer mirrored = new ReflectionPad1d(2);
 * }</pre>
 */
public final class ReflectionPad1d extends PadNd {

  /** That many on all sides. */
  public ReflectionPad1d(int padding) {
    this(padding, padding);
  }

  /** That many on each side, in PyTorch's order. */
  public ReflectionPad1d(int left, int right) {
    super(left, right);
  }

  @Override
  Tensor padded(Tensor x, int[] before, int[] after) {
    return x.padReflect(before, after);
  }
}
