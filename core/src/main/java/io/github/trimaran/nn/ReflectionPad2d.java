package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Goes on beyond the edges of an image with its mirror image, the edge itself not repeated: {@code
 * 3 2 1 2 3 2} of {@code 1 2 3}. {@code [N, C, H, W] -> [N, C, top + H + bottom, left + W +
 * right]}.
 *
 * <pre>{@code
 * Layer mirrored = new ReflectionPad2d(2);
 * }</pre>
 */
public final class ReflectionPad2d extends PadNd {

  /** That many on all sides. */
  public ReflectionPad2d(int padding) {
    this(padding, padding, padding, padding);
  }

  /** That many on each side, in PyTorch's order. */
  public ReflectionPad2d(int left, int right, int top, int bottom) {
    super(left, right, top, bottom);
  }

  @Override
  Tensor padded(Tensor x, int[] before, int[] after) {
    return x.padReflect(before, after);
  }
}
