package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x} above 0 and {@code slope x} from 0 down (Maas et al. 2013); its derivative at 0 is the
 * slope.
 *
 * <pre>{@code
 * Layer activation = new LeakyReLU(0.2);
 * }</pre>
 */
public final class LeakyReLU extends Layer {

  private final double slope;

  /** With slope 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /** With that slope below 0. */
  public LeakyReLU(double slope) {
    this.slope = slope;
  }

  @Override
  protected String describe() {
    return "slope " + slope;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return Tensor.where(x.greater(0), x, x.mul(slope));
  }

  @Override
  public Form form() {
    return Form.of("slope", slope);
  }
}
