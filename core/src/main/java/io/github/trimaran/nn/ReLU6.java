package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code min(max(x, 0), 6)} (Krizhevsky 2010).
 *
 * <pre>{@code
 * Layer activation = new ReLU6();
 * }</pre>
 */
public final class ReLU6 extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return Hardtanh.between(x, 0, 6);
  }
}
