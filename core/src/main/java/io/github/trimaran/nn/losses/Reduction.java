package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * How the losses of samples or elements become the loss of a batch.
 *
 * <pre>{@code
 * Tensor each = new MSELoss().reduction(Reduction.NONE).of(outputs, targets);
 * }</pre>
 */
public enum Reduction {
  /**
   * Their mean, the default: {@code sum of w l / sum of w}, where w is what each counts: its
   * weight, 0 for what is ignored, else 1. NaN where nothing counts.
   */
  MEAN,
  /** Their sum, {@code sum of w l}. */
  SUM,
  /** Their sum divided by the batch size, the first extent. */
  BATCH_MEAN,
  /** Each by itself, {@code w l}; not for training. */
  NONE;

  /** The loss of a batch. */
  public Tensor of(Costs costs) {
    Tensor losses = costs.losses();
    Tensor counts = costs.counts();
    return switch (this) {
      case MEAN -> counts == null ? losses.mean() : losses.sum().div(counts.sum());
      case SUM -> losses.sum();
      case BATCH_MEAN -> losses.sum().div(losses.shape().dim(0));
      case NONE -> losses;
    };
  }
}
