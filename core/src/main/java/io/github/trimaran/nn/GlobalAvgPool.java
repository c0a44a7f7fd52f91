package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * The mean of each channel, {@code [N, C, H, W] -> [N, C]}.
 *
 * <pre>{@code
 * Layer head = new Sequential(new GlobalAvgPool(), new Linear(512, 10));
 * }</pre>
 */
public final class GlobalAvgPool extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() != 4) {
      throw error("input must be [N, C, H, W], is " + x.shape());
    }
    return x.mean(2, 3);
  }
}
