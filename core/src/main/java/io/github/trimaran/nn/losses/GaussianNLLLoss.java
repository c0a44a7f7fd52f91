package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The negative log likelihood of targets that are normally distributed around the outputs with a
 * variance that is predicted too, for each element {@code l = (log v + (x - y)^2 / v) / 2}. The
 * constant {@code log(2 pi) / 2} is left out, see {@link #full}.
 *
 * <pre>{@code
 * Tensor loss = new GaussianNLLLoss().of(means, targets, logVariances.exp());
 * }</pre>
 */
public final class GaussianNLLLoss {

  private static final String NAME = "GaussianNLLLoss";

  private final double epsilon;
  private final boolean full;
  private final Reduction reduction;

  /** With variances of at least 1e-6. */
  public GaussianNLLLoss() {
    this(1e-6, false, Reduction.MEAN);
  }

  private GaussianNLLLoss(double epsilon, boolean full, Reduction reduction) {
    this.epsilon = epsilon;
    this.full = full;
    this.reduction = reduction;
  }

  /** The same with another least variance; gradients pass it as if it were not there. */
  public GaussianNLLLoss epsilon(double least) {
    if (!(least > 0)) {
      throw new IllegalArgumentException(NAME + ": epsilon must be above 0, is " + least);
    }
    return new GaussianNLLLoss(least, full, reduction);
  }

  /** The same with the constant. */
  public GaussianNLLLoss full() {
    return new GaussianNLLLoss(epsilon, true, reduction);
  }

  /** The same, reduced in another way; {@link Reduction#MEAN} unless set. */
  public GaussianNLLLoss reduction(Reduction other) {
    return new GaussianNLLLoss(epsilon, full, other);
  }

  /**
   * The loss of a batch.
   *
   * @param variances of the shape of the outputs, or with 1 for the last extent
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public Tensor of(Tensor outputs, Tensor targets, Tensor variances) {
    return reduction.of(Costs.of(each(outputs, targets, variances)));
  }

  private Tensor each(Tensor outputs, Tensor targets, Tensor variances) {
    Checks.alike(NAME, outputs, targets);
    if (variances.dtype() != outputs.dtype()
        || variances.shape().rank() != outputs.shape().rank()
        || !variances.shape().broadcastsTo(outputs.shape())) {
      throw Checks.error(
          NAME,
          "variances must be like the outputs, or 1 in their last extent",
          "outputs",
          outputs,
          "variances",
          variances);
    }
    // The least variance is added as a constant, so that a variance below it still learns.
    Tensor v = variances.add(variances.maximum(epsilon).sub(variances).detach());
    Tensor difference = outputs.sub(targets);
    Tensor loss = v.log().add(difference.mul(difference).div(v)).mul(0.5);
    return full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss;
  }
}
