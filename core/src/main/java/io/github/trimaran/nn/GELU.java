package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}: the tanh form of the Gaussian error
 * linear unit (Hendrycks and Gimpel 2016, section 2).
 */
public final class GELU extends Layer {

  private static final double SCALE = Math.sqrt(2 / Math.PI);

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Tensor cube = x.mul(x).mul(x);
    Tensor gate = x.add(cube.mul(0.044715)).mul(SCALE).tanh().add(1);
    return x.mul(gate).mul(0.5);
  }
}
