package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** {@code 1 / (1 + exp(-x))}. */
public final class Sigmoid extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.sigmoid();
  }
}
