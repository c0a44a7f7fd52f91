package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The absolute error, rounded off around 0 (Girshick 2015, equation 3): with {@code d = |x - y|},
 * {@code l = d^2 / (2 beta)} up to beta, beyond it {@code d - beta / 2}. It is {@link HuberLoss}
 * with {@code delta = beta}, divided by beta.
 *
 * <pre>{@code
 * Tensor loss = new SmoothL1Loss().beta(0.1).of(outputs, targets);
 * }</pre>
 */
public final class SmoothL1Loss extends Loss {

  private final double beta;

  /** With a beta of 1. */
  public SmoothL1Loss() {
    this(1, Reduction.MEAN);
  }

  private SmoothL1Loss(double beta, Reduction reduction) {
    super(reduction);
    this.beta = beta;
  }

  /**
   * The same, rounded off up to another error.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public SmoothL1Loss beta(double error) {
    if (!(error > 0)) {
      throw new IllegalArgumentException(
          name() + ": beta must be above 0, is " + error + "; for 0 take L1Loss");
    }
    return new SmoothL1Loss(error, reduction());
  }

  @Override
  public SmoothL1Loss reduction(Reduction other) {
    return new SmoothL1Loss(beta, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Checks.alike(name(), outputs, targets);
    return Costs.of(HuberLoss.huber(outputs.sub(targets), beta).div(beta));
  }
}
