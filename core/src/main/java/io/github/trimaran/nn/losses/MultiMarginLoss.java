package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The hinge loss of several classes (Weston and Watkins 1999), for outputs x, {@code [N, C, ...]},
 * and int64 labels y, {@code [N, ...]}: for each label
 *
 * <pre>
 * l = w[y] / C * sum over k other than y of max(0, m - x[y] + x[k])^p
 * </pre>
 *
 * <pre>{@code
 * Tensor loss = new MultiMarginLoss().margin(0.5).of(scores, labels);
 * }</pre>
 *
 * <p>The weights w do not count in the mean, as in PyTorch.
 */
public final class MultiMarginLoss extends Loss {

  private final double margin;
  private final boolean squared;

  /** One a class; null for 1. */
  private final double[] weights;

  /** With margin 1, power 1, and every class counting alike. */
  public MultiMarginLoss() {
    this(1, false, null, Reduction.MEAN);
  }

  private MultiMarginLoss(double margin, boolean squared, double[] weights, Reduction reduction) {
    super(reduction);
    this.margin = margin;
    this.squared = squared;
    this.weights = weights;
  }

  /** The same with another margin. */
  public MultiMarginLoss margin(double other) {
    return new MultiMarginLoss(other, squared, weights, reduction());
  }

  /** The same with the power p = 2. */
  public MultiMarginLoss squared() {
    return new MultiMarginLoss(margin, true, weights, reduction());
  }

  /** The same with a weight for each class. */
  public MultiMarginLoss weights(double... ofClasses) {
    return new MultiMarginLoss(margin, squared, ofClasses.clone(), reduction());
  }

  @Override
  public MultiMarginLoss reduction(Reduction other) {
    return new MultiMarginLoss(margin, squared, weights, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    ClassLabels labels = ClassLabels.of(name(), outputs, targets);
    Tensor hinge = outputs.sub(labels.pick().unsqueeze(1)).add(margin).relu();
    Tensor others = hinge.maskedFill(labels.isRight(), 0);
    Tensor each = (squared ? others.mul(others) : others).sum(1).div(outputs.shape().dim(1));
    Tensor ofClasses = ClassLabels.weights(name(), weights, outputs);
    return Costs.of(ofClasses == null ? each : each.mul(labels.ofLabels(ofClasses)));
  }
}
