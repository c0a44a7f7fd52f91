package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code scale x} above 0 and {@code scale alpha (exp(x) - 1)} from 0 down, with constants that
 * keep mean 0 and variance 1 from layer to layer (Klambauer et al. 2017, equation 2).
 *
 * <pre>{@code
 * Layer block = new Sequential(new Linear(64, 64), new SELU(), new AlphaDropout(0.1));
 * }</pre>
 */
public final class SELU extends Layer {

  static final double ALPHA = 1.6732632423543772;
  static final double SCALE = 1.0507009873554805;

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return ELU.of(x, ALPHA, 1).mul(SCALE);
  }
}
