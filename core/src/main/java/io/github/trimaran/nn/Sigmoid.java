package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code 1 / (1 + exp(-x))}, between 0 and 1.
 *
 * <pre>{@code
 * Layer layer = new Sigmoid();
 * }</pre>
 */
public final class Sigmoid extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.sigmoid();
  }
}
