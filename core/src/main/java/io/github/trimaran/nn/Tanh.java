package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** The hyperbolic tangent. */
public final class Tanh extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.tanh();
  }
}
