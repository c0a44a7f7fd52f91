package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** {@code x} above 0 and {@code slope x} below (Maas et al. 2013). */
public final class LeakyReLU extends Layer {

  private final double slope;

  /** With that slope below 0. */
  public LeakyReLU(double slope) {
    this.slope = slope;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.relu().sub(x.neg().relu().mul(slope));
  }
}
