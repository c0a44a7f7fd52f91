package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x sigmoid(x)}, also called swish (Elfwing et al. 2018).
 *
 * <pre>{@code
 * Layer layer = new SiLU();
 * }</pre>
 */
public final class SiLU extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.mul(x.sigmoid());
  }
}
