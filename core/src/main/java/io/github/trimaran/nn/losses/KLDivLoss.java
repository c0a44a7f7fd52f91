package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The Kullback-Leibler divergence of the outputs from the targets, for each element {@code l = y
 * (log y - x)}, which is 0 where y is. Outputs are logarithms of probabilities, targets
 * probabilities.
 *
 * <pre>{@code
 * Tensor loss = new KLDivLoss().reduction(Reduction.BATCH_MEAN).of(logits.logSoftmax(1), targets);
 * }</pre>
 *
 * <p>As in PyTorch the default mean is over all elements; the divergence of a sample is their sum,
 * whose mean {@link Reduction#BATCH_MEAN} gives.
 */
public final class KLDivLoss extends Loss {

  private final boolean logTargets;

  /** For targets that are probabilities. */
  public KLDivLoss() {
    this(false, Reduction.MEAN);
  }

  private KLDivLoss(boolean logTargets, Reduction reduction) {
    super(reduction);
    this.logTargets = logTargets;
  }

  /** The same for targets that are logarithms of probabilities: {@code l = exp(y) (y - x)}. */
  public KLDivLoss logTargets() {
    return new KLDivLoss(true, reduction());
  }

  @Override
  public KLDivLoss reduction(Reduction other) {
    return new KLDivLoss(logTargets, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Checks.alike(name(), outputs, targets);
    Tensor shares = logTargets ? targets.exp() : targets;
    Tensor none = shares.eq(0);
    // Where a share is 0 both logarithms may be infinite: 0 stands in for them.
    Tensor logShares = logTargets ? targets.maskedFill(none, 0) : targets.maskedFill(none, 1).log();
    return Costs.of(shares.mul(logShares.sub(outputs.maskedFill(none, 0))));
  }
}
