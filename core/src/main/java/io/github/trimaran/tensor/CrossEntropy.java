package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.Optional;

/**
 * The cross entropy of the softmax of logits, in one pass where the backend has one: what {@link
 * io.github.trimaran.nn.losses.CrossEntropyLoss} is made of.
 *
 * <pre>{@code
 * Tensor losses = CrossEntropy.of(logits, labels, 0);    // [N, K], INT64 [N] -> [N]
 * }</pre>
 */
public final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * The loss of each sample: {@code [N, K]} logits and INT64 {@code [N]} labels to {@code [N]}.
   *
   * <pre>
   * -(1 - smoothing) * logSoftmax(x)[n, label[n]] - smoothing / K * sum over k of logSoftmax(x)[n, k]
   * </pre>
   *
   * @param smoothing from 0 (none) to 1 (Szegedy et al. 2016, section 7)
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   * @throws IndexOutOfBoundsException if a label is not from 0 to K - 1
   */
  public static Tensor of(Tensor logits, Tensor labels, double smoothing) {
    String name = "softmaxCrossEntropy";
    Op.requireFloating(name, logits);
    Op.requireDType(name, "labels", labels, DType.INT64);
    Op.requireSameBackend(name, logits, labels);
    if (logits.shape().rank() != 2 || logits.shape().dim(1) == 0) {
      throw Op.error(name, "logits must be [N, K] with K at least 1", logits, labels);
    }
    if (!labels.shape().equals(Shape.of(logits.shape().dim(0)))) {
      throw Op.error(name, "labels must be [" + logits.shape().dim(0) + "]", logits, labels);
    }
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(name + ": smoothing must be 0 to 1, is " + smoothing);
    }
    Optional<Object> fused =
        Indices.inRange(
            name + ": label",
            labels,
            logits.shape().dim(1),
            () -> logits.backend().softmaxCrossEntropy(logits.array(), labels.array(), smoothing),
            logits,
            labels);
    if (fused.isEmpty()) {
      return composed(logits, labels, smoothing);
    }
    return Op.fused(
        name,
        fused.get(),
        labels.shape(),
        logits.dtype(),
        (g, y, wanted) -> grad(g, logits, labels, smoothing),
        () -> composed(logits, labels, smoothing),
        logits);
  }

  private static Tensor[] grad(Tensor g, Tensor logits, Tensor labels, double smoothing) {
    return logits
        .backend()
        .softmaxCrossEntropyGrad(g.array(), logits.array(), labels.array(), smoothing)
        .map(
            array ->
                new Tensor[] {Op.constant(logits.backend(), array, logits.shape(), logits.dtype())})
        .orElse(null);
  }

  private static Tensor composed(Tensor logits, Tensor labels, double smoothing) {
    Tensor logProbabilities = Softmax.logSoftmax("softmaxCrossEntropy", logits, 1);
    Tensor column = labels.unsqueeze(1);
    Tensor right =
        Indexing.gather(
                "softmaxCrossEntropy: label", logProbabilities, 1, column, labels, logits, labels)
            .reshape(labels.shape());
    Tensor loss = right.mul(smoothing - 1);
    if (smoothing == 0) {
      return loss;
    }
    return loss.sub(logProbabilities.sum(1).mul(smoothing / logits.shape().dim(1)));
  }
}
