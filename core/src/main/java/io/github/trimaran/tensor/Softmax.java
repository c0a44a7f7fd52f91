package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.Optional;

/**
 * Softmax in its stable forms, and the cross entropy of it.
 *
 * <pre>{@code
 * Tensor losses = Softmax.crossEntropy(logits, labels, 0);    // [N, K], INT64 [N] -> [N]
 * }</pre>
 */
public final class Softmax {

  private Softmax() {}

  /** For the operation of that name, which errors tell. */
  static Tensor logSoftmax(String name, Tensor a, int axis) {
    Op.requireFloating(name, a);
    int along = a.shape().axis(name, axis);
    if (a.shape().dim(along) == 0) {
      throw Op.error(name, "axis " + along + " is empty", a);
    }
    Optional<Object> fused = a.backend().logSoftmax(a.array(), along);
    if (fused.isPresent()) {
      Rule rule = Rule.byResult((g, y) -> g.sub(y.exp().mul(Reduce.sum(g, true, along))));
      return Elementwise.same("logSoftmax", a, fused.get(), rule);
    }
    // Subtracting any constant leaves the result as it is; the maximum keeps exp from overflowing.
    Tensor shifted = a.sub(Reduce.max("max", a.detach(), true, along));
    return shifted.sub(Reduce.sum(shifted.exp(), true, along).log());
  }

  /** The logarithm of the sum of exponentials; minus infinity where there is nothing. */
  static Tensor logSumExp(Tensor a, boolean keepDims, int... axes) {
    Op.requireFloating("logSumExp", a);
    Reduce.axesOrAll("logSumExp", a, axes);
    Tensor x = a.detach();
    Tensor top = a.shape().isEmpty() ? Tensor.zerosLike(a).sum(axes) : x.max(axes);
    // An infinite maximum stays out, lest infinity be taken from infinity.
    Tensor shift = Tensor.where(top.isFinite(), top, Tensor.zerosLike(top));
    Tensor shifted = x.sub(Reduce.kept(shift, a, axes));
    Tensor value = shifted.exp().sum(axes).log().add(shift);
    Rule rule =
        Rule.byResult((g, y) -> Reduce.kept(g, a, axes).mul(a.sub(Reduce.kept(y, a, axes)).exp()));
    Tensor sum = Op.composed("logSumExp", value, rule, a);
    return keepDims ? Reduce.kept(sum, a, axes) : sum;
  }

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
  public static Tensor crossEntropy(Tensor logits, Tensor labels, double smoothing) {
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
    Tensor logProbabilities = logSoftmax("softmaxCrossEntropy", logits, 1);
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
