package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code max(x, 0)} (Nair and Hinton 2010); its derivative at 0 is 0.
 *
 * <pre>{@code
 * Layer layer = new ReLU();
 * }</pre>
 */
public final class ReLU extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.relu();
  }
}
