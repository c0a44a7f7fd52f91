package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x tanh(log(1 + exp(x)))} (Misra 2019).
 *
 * <pre>{@code
 * Layer activation = new Mish();
 * }</pre>
 */
public final class Mish extends Layer {

  /** From here on tanh of the softplus is 1 in float64. */
  private static final double THRESHOLD = 20;

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.mul(Softplus.of(x, 1, THRESHOLD).tanh());
  }
}
