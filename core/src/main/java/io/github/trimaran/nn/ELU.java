package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x} above 0 and {@code alpha (exp(x) - 1)} from 0 down (Clevert et al. 2016).
 *
 * <pre>{@code
 * Layer activation = new ELU();
 * }</pre>
 */
public final class ELU extends Layer {

  private final double alpha;

  /** With alpha 1. */
  public ELU() {
    this(1);
  }

  /** That tends to {@code -alpha}. */
  public ELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  protected String describe() {
    return "alpha " + alpha;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return of(x, alpha, 1);
  }

  /**
   * {@code x} above 0 and {@code alpha (exp(x / width) - 1)} from 0 down. The exponential never
   * sees what is above 0, where it could overflow and make the gradient NaN.
   */
  static Tensor of(Tensor x, double alpha, double width) {
    Tensor above = x.greater(0);
    Tensor below = x.maskedFill(above, 0).mul(1 / width).expm1().mul(alpha);
    return Tensor.where(above, x, below);
  }

  @Override
  public Form form() {
    return Form.of("alpha", alpha);
  }
}
