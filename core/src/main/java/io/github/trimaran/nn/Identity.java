package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** The input unchanged. */
public final class Identity extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x;
  }
}
