package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * Squared for small errors, absolute for large ones (Huber 1964): with {@code d = |x - y|}, {@code
 * l = d^2 / 2} up to delta, beyond it {@code delta (d - delta / 2)}.
 *
 * <pre>{@code
 * Tensor loss = new HuberLoss().delta(0.5).of(outputs, targets);
 * }</pre>
 */
public final class HuberLoss extends Loss {

  private final double delta;

  /** With a delta of 1. */
  public HuberLoss() {
    this(1, Reduction.MEAN);
  }

  private HuberLoss(double delta, Reduction reduction) {
    super(reduction);
    this.delta = delta;
  }

  /**
   * The same, absolute beyond another error.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public HuberLoss delta(double error) {
    if (!(error > 0)) {
      throw new IllegalArgumentException(name() + ": delta must be above 0, is " + error);
    }
    return new HuberLoss(error, reduction());
  }

  @Override
  public HuberLoss reduction(Reduction other) {
    return new HuberLoss(delta, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Checks.alike(name(), outputs, targets);
    return Costs.of(huber(outputs.sub(targets), delta));
  }

  /**
   * With {@code m = min(d, delta)}: {@code m^2 / 2 + delta (d - m)}, which is both cases in one.
   */
  static Tensor huber(Tensor difference, double delta) {
    Tensor distance = difference.abs();
    Tensor small = distance.minimum(delta);
    return small.mul(small).mul(0.5).add(distance.sub(small).mul(delta));
  }
}
