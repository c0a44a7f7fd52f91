package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** {@code exp(x) / sum(exp(x))} along the last axis: scores to probabilities. */
public final class Softmax extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.softmax(-1);
  }
}
