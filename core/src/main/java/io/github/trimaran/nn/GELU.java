package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}: the tanh form of the Gaussian error
 * linear unit (Hendrycks and Gimpel 2016, section 2).
 *
 * <pre>{@code
 * Layer block = new Sequential(new Linear(128, 512), new GELU(), new Linear(512, 128));
 * }</pre>
 */
public final class GELU extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.gelu();
  }
}
