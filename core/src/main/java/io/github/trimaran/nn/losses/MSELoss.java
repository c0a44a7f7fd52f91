package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The mean squared error, {@code l = (x - y)^2} for each element.
 *
 * <pre>{@code
 * Tensor loss = new MSELoss().of(outputs, targets);
 * }</pre>
 */
public final class MSELoss extends Loss {

  /** The mean over all elements. */
  public MSELoss() {
    this(Reduction.MEAN);
  }

  private MSELoss(Reduction reduction) {
    super(reduction);
  }

  @Override
  public MSELoss reduction(Reduction other) {
    return new MSELoss(other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Checks.alike(name(), outputs, targets);
    Tensor difference = outputs.sub(targets);
    return Costs.of(difference.mul(difference));
  }
}
