package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x / (1 + |x|)}, between -1 and 1.
 *
 * <pre>{@code
 * Layer activation = new Softsign();
 * }</pre>
 */
public final class Softsign extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.div(x.abs().add(1));
  }
}
