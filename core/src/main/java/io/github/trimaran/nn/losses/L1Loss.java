package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The mean absolute error, {@code l = |x - y|} for each element; its derivative at 0 is 0.
 *
 * <pre>{@code
 * Tensor loss = new L1Loss().of(outputs, targets);
 * }</pre>
 */
public final class L1Loss extends Loss {

  /** The mean over all elements. */
  public L1Loss() {
    this(Reduction.MEAN);
  }

  private L1Loss(Reduction reduction) {
    super(reduction);
  }

  @Override
  public L1Loss reduction(Reduction other) {
    return new L1Loss(other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Checks.alike(name(), outputs, targets);
    return Costs.of(outputs.sub(targets).abs());
  }
}
