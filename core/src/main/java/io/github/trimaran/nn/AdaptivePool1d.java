package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** What adaptive pools of lines have in common: the length that they give. */
abstract class AdaptivePool1d extends Layer {

  private final int length;

  AdaptivePool1d(int length) {
    if (length < 1) {
      throw error("length must be at least 1, is " + length);
    }
    this.length = length;
  }

  /** {@code [N, C, H, W] -> [N, C, height, width]}. */
  abstract Tensor pool(Tensor image, int height, int width);

  @Override
  protected final String describe() {
    return Integer.toString(length);
  }

  /** A line is an image of one row. */
  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() != 3) {
      throw error("input must be [N, C, L], is " + x.shape());
    }
    return pool(x.unsqueeze(2), 1, length).squeeze(2);
  }

  @Override
  public final Form form() {
    return Form.of("length", length);
  }
}
