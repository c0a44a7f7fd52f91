package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * The input unchanged: where a layer is asked for and none is wanted.
 *
 * <pre>{@code
 * Layer layer = new Identity();
 * }</pre>
 */
public final class Identity extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x;
  }
}
