package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The loss of support vector machines (Cortes and Vapnik 1995), for each element {@code l = max(0,
 * m - y x)} with margin m and targets y that are 1 or -1, int64 or floats.
 *
 * <pre>{@code
 * Tensor loss = new HingeLoss().of(scores, signs);
 * }</pre>
 */
public final class HingeLoss extends Loss {

  private final double margin;

  /** With a margin of 1. */
  public HingeLoss() {
    this(1, Reduction.MEAN);
  }

  private HingeLoss(double margin, Reduction reduction) {
    super(reduction);
    this.margin = margin;
  }

  /** The same with another margin. */
  public HingeLoss margin(double other) {
    return new HingeLoss(other, reduction());
  }

  @Override
  public HingeLoss reduction(Reduction other) {
    return new HingeLoss(margin, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Tensor signs = Checks.signs(name(), outputs, targets);
    Checks.alike(name(), outputs, signs);
    return Costs.of(outputs.mul(signs).neg().add(margin).relu());
  }
}
