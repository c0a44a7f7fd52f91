package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code relu6(x + 3) / 6}: {@link Sigmoid} of straight lines.
 *
 * <pre>{@code
 * Layer gate = new Hardsigmoid();
 * }</pre>
 */
public final class Hardsigmoid extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return Hardtanh.between(x, -3, 3).add(3).mul(1.0 / 6);
  }
}
