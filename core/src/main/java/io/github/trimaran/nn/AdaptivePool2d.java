package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** What adaptive pools of images have in common: the size that they give. */
abstract class AdaptivePool2d extends Layer {

  private final int height;
  private final int width;

  AdaptivePool2d(int height, int width) {
    if (height < 1 || width < 1) {
      throw error("size must be at least 1, is " + height + " x " + width);
    }
    this.height = height;
    this.width = width;
  }

  /** {@code [N, C, H, W] -> [N, C, height, width]}. */
  abstract Tensor pool(Tensor image, int height, int width);

  @Override
  protected final String describe() {
    return height + " x " + width;
  }

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() != 4) {
      throw error("input must be [N, C, H, W], is " + x.shape());
    }
    return pool(x, height, width);
  }

  @Override
  public final Form form() {
    return Form.of("height", height).with("width", width);
  }
}
