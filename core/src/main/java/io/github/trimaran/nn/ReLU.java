package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** {@code max(x, 0)} (Nair and Hinton 2010). */
public final class ReLU extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.relu();
  }
}
