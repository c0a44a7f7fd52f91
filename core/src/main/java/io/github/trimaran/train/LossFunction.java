package io.github.trimaran.train;

import io.github.trimaran.nn.Losses;
import io.github.trimaran.tensor.Tensor;

/** What a batch's outputs cost, given its labels; a mean over the batch, as a 0-d tensor. */
@FunctionalInterface
public interface LossFunction {

  /** {@link Losses#softmaxCrossEntropy(Tensor, Tensor)}. */
  LossFunction CROSS_ENTROPY = Losses::softmaxCrossEntropy;

  /** {@link Losses#meanSquaredError}; labels are floats of the outputs' shape. */
  LossFunction MEAN_SQUARED_ERROR = Losses::meanSquaredError;

  /** The loss of one batch. */
  Tensor of(Tensor outputs, Tensor labels);

  /** Cross entropy with label smoothing. */
  static LossFunction crossEntropy(double smoothing) {
    return (outputs, labels) -> Losses.softmaxCrossEntropy(outputs, labels, smoothing);
  }
}
