package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * The hyperbolic tangent, between -1 and 1.
 *
 * <pre>{@code
 * Layer layer = new Tanh();
 * }</pre>
 */
public final class Tanh extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.tanh();
  }
}
