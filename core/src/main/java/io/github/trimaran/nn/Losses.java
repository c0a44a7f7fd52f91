package io.github.trimaran.nn;

import io.github.trimaran.tensor.Softmax;
import io.github.trimaran.tensor.Tensor;
import java.util.Collection;

/** What training makes small. Each gives one number as a 0-d tensor. */
public final class Losses {

  private Losses() {}

  /**
   * The mean over samples of {@code -log softmax(logits)[n, labels[n]]}.
   *
   * @param logits scores, {@code [N, K]}
   * @param labels the right classes, INT64 {@code [N]}; or each class's share of a sample, {@code
   *     [N, K]} in the dtype of the logits, where the loss of a sample is {@code -sum over k of
   *     shares[n, k] log softmax(logits)[n, k]}
   */
  public static Tensor softmaxCrossEntropy(Tensor logits, Tensor labels) {
    return softmaxCrossEntropy(logits, labels, 0);
  }

  /**
   * The same with label smoothing (Szegedy et al. 2016, section 7): the right class counts {@code 1
   * - smoothing}, and {@code smoothing} is spread over all K classes.
   *
   * @param smoothing from 0 to 1
   */
  public static Tensor softmaxCrossEntropy(Tensor logits, Tensor labels, double smoothing) {
    Tensor each =
        labels.dtype().isFloating()
            ? Softmax.crossEntropyOfShares(logits, labels, smoothing)
            : Softmax.crossEntropy(logits, labels, smoothing);
    return each.mean();
  }

  /** The mean over all elements of {@code (prediction - target)^2}. Shapes must be equal. */
  public static Tensor meanSquaredError(Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          "meanSquaredError: shapes differ (prediction "
              + prediction.shape()
              + ", target "
              + target.shape()
              + ")");
    }
    Tensor difference = prediction.sub(target);
    return difference.mul(difference).mean();
  }

  /**
   * {@code 0.5 * strength * sum of ||w||^2} over the weights; biases and normalisations do not
   * count.
   *
   * @throws IllegalArgumentException if there are no weights
   */
  public static Tensor l2(Collection<Parameter> parameters, double strength) {
    return parameters.stream()
        .filter(Parameter::isWeight)
        .map(weight -> weight.tensor().mul(weight.tensor()).sum())
        .reduce(Tensor::add)
        .orElseThrow(() -> new IllegalArgumentException("l2: there are no weights"))
        .mul(0.5 * strength);
  }
}
