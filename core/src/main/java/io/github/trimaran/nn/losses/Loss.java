package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * A loss of outputs and targets: a number for each sample or element, weighted and reduced to one.
 *
 * <pre>{@code
 * Loss loss = new HuberLoss().delta(0.5);
 * Tensor mean = loss.of(outputs, targets);
 * Tensor ofTheUnmasked = loss.of(outputs, targets, mask);
 * Tensor each = loss.reduction(Reduction.NONE).of(outputs, targets);
 * }</pre>
 *
 * <p>Losses hold settings only and do not change: each option is a method that returns a changed
 * copy. They are differentiable to any order, and named by their class in errors. Targets have the
 * shape and dtype of the outputs unless a loss says otherwise.
 */
public abstract class Loss implements LossFunction {

  private final Reduction reduction;

  /** With this reduction. */
  protected Loss(Reduction reduction) {
    this.reduction = reduction;
  }

  /** The same, reduced in another way; {@link Reduction#MEAN} unless set. */
  public abstract Loss reduction(Reduction other);

  /**
   * The loss of a batch.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  @Override
  public final Tensor of(Tensor outputs, Tensor targets) {
    return reduction.of(costs(outputs, targets));
  }

  /**
   * The loss of a batch whose samples or elements count differently. The weights multiply the
   * losses, and the mean is the weighted one.
   *
   * @param weights one a sample, {@code [N]}, or one a loss: their shape is that of the losses or
   *     its first extents. In the dtype of the outputs; or BOOL, false for what does not count at
   *     all
   */
  public final Tensor of(Tensor outputs, Tensor targets, Tensor weights) {
    return reduction.of(costs(outputs, targets, weights));
  }

  /**
   * The losses of samples or elements before reduction, weighted.
   *
   * @param weights see {@link #of(Tensor, Tensor, Tensor)}; null for none
   */
  public final Costs costs(Tensor outputs, Tensor targets, Tensor weights) {
    Costs costs = costs(outputs, targets);
    return weights == null ? costs : costs.weighted(name(), weights);
  }

  /** The losses of samples or elements before reduction. */
  protected abstract Costs costs(Tensor outputs, Tensor targets);

  /** How it is reduced. */
  public final Reduction reduction() {
    return reduction;
  }

  /** The name in errors. */
  protected final String name() {
    return getClass().getSimpleName();
  }
}
