package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** {@code x - log(sum(exp(x)))} along the last axis: scores to logarithms of probabilities. */
public final class LogSoftmax extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.logSoftmax(-1);
  }
}
