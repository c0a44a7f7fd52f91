package io.github.trimaran.train;

import io.github.trimaran.nn.Losses;
import io.github.trimaran.tensor.Tensor;

/** What a batch's outputs cost, given its targets; a mean over the batch, as a 0-d tensor. */
@FunctionalInterface
public interface LossFunction {

  /** {@link Losses#softmaxCrossEntropy(Tensor, Tensor)}. */
  LossFunction CROSS_ENTROPY = Losses::softmaxCrossEntropy;

  /** {@link Losses#meanSquaredError}; targets are floats of the outputs' shape. */
  LossFunction MEAN_SQUARED_ERROR = Losses::meanSquaredError;

  /**
   * The loss of one batch.
   *
   * @param targets classes, their shares, or numbers; see {@link io.github.trimaran.data.Batch}
   */
  Tensor of(Tensor outputs, Tensor targets);

  /** Cross entropy with label smoothing. */
  static LossFunction crossEntropy(double smoothing) {
    return (outputs, targets) -> Losses.softmaxCrossEntropy(outputs, targets, smoothing);
  }
}
