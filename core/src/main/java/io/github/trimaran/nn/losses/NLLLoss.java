package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The negative log likelihood of classes: {@code l = -w[y] x[y]} for outputs x that are logarithms
 * of probabilities, {@code [N, C, ...]}, and int64 labels y, {@code [N, ...]}. The mean is divided
 * by the sum of the {@code w[y]}.
 *
 * <pre>{@code
 * Tensor loss = new NLLLoss().ignoring(-100).of(logits.logSoftmax(1), labels);
 * }</pre>
 *
 * <p>{@link CrossEntropyLoss} does the same for logits, faster.
 */
public final class NLLLoss extends Loss {

  /** One a class; null for 1. */
  private final double[] weights;

  /** Null for none. */
  private final Long ignored;

  /** With every class counting alike. */
  public NLLLoss() {
    this(null, null, Reduction.MEAN);
  }

  private NLLLoss(double[] weights, Long ignored, Reduction reduction) {
    super(reduction);
    this.weights = weights;
    this.ignored = ignored;
  }

  /** The same with a weight for each class. */
  public NLLLoss weights(double... ofClasses) {
    return new NLLLoss(ofClasses.clone(), ignored, reduction());
  }

  /** The same leaving out what has this label, which need not be one of a class. */
  public NLLLoss ignoring(long label) {
    return new NLLLoss(weights, label, reduction());
  }

  @Override
  public NLLLoss reduction(Reduction other) {
    return new NLLLoss(weights, ignored, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    ClassLabels labels = ClassLabels.of(name(), outputs, targets, ignored);
    return labels.weighted(labels.pick().neg(), ClassLabels.weights(name(), weights, outputs));
  }
}
