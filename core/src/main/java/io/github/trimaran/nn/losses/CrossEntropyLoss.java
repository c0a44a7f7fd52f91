package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.CrossEntropy;
import io.github.trimaran.tensor.Tensor;

/**
 * Cross entropy of logits x, {@code [N, C, ...]}, and classes y. With {@code q = logSoftmax(x)}
 * over the C classes, weights w and smoothing s:
 *
 * <pre>
 * int64 labels [N, ...]:              l = -(1 - s) w[y] q[y] - s / C * sum over k of w[k] q[k]
 * class shares [N, C, ...] like x:    l = -sum over k of w[k] ((1 - s) y[k] + s / C) q[k]
 * </pre>
 *
 * <pre>{@code
 * Tensor loss = new CrossEntropyLoss().of(logits, labels);
 * Tensor other = new CrossEntropyLoss().weights(1, 5).ignoring(-100).smoothing(0.1).of(logits, labels);
 * }</pre>
 *
 * <p>The mean over labels is divided by the sum of the {@code w[y]} of those that are not ignored,
 * the mean over shares by their number. All is PyTorch's, but that no label is ignored unless asked
 * for: a label of -100 is an error then.
 */
public final class CrossEntropyLoss extends Loss {

  /** One a class; null for 1. */
  private final double[] weights;

  /** Null for none. */
  private final Long ignored;

  private final double smoothing;

  /** With every class counting alike, no smoothing, and nothing ignored. */
  public CrossEntropyLoss() {
    this(null, null, 0, Reduction.MEAN);
  }

  private CrossEntropyLoss(double[] weights, Long ignored, double smoothing, Reduction reduction) {
    super(reduction);
    this.weights = weights;
    this.ignored = ignored;
    this.smoothing = smoothing;
  }

  /** The same with a weight for each class. */
  public CrossEntropyLoss weights(double... ofClasses) {
    return new CrossEntropyLoss(ofClasses.clone(), ignored, smoothing, reduction());
  }

  /** The same leaving out what has this label, which need not be one of a class. */
  public CrossEntropyLoss ignoring(long label) {
    return new CrossEntropyLoss(weights, label, smoothing, reduction());
  }

  /**
   * The same with labels smoothed (Szegedy et al. 2016, section 7): the right class counts {@code 1
   * - share}, and the share is spread over all classes.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public CrossEntropyLoss smoothing(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name() + ": smoothing must be 0 to 1, is " + share);
    }
    return new CrossEntropyLoss(weights, ignored, share, reduction());
  }

  @Override
  public CrossEntropyLoss reduction(Reduction other) {
    return new CrossEntropyLoss(weights, ignored, smoothing, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    return targets.dtype().isFloating() ? ofShares(outputs, targets) : ofLabels(outputs, targets);
  }

  private Costs ofLabels(Tensor outputs, Tensor targets) {
    ClassLabels labels = ClassLabels.of(name(), outputs, targets, ignored);
    Tensor ofClasses = ClassLabels.weights(name(), weights, outputs);
    if (ofClasses == null || smoothing == 0) {
      return labels.weighted(fused(labels, smoothing), ofClasses);
    }
    Costs right = labels.weighted(fused(labels, 0).mul(1 - smoothing), ofClasses);
    Costs spread = labels.weighted(spread(outputs, ofClasses), null);
    return new Costs(right.losses().add(spread.losses()), right.counts());
  }

  /** The unweighted loss of each label, in one pass over rows of logits. */
  private static Tensor fused(ClassLabels labels, double smoothing) {
    Tensor outputs = labels.outputs();
    if (outputs.shape().rank() == 2) {
      return labels.inRange(() -> CrossEntropy.of(outputs, labels.labels(), smoothing));
    }
    Tensor rows = classesLast(outputs);
    return labels
        .inRange(() -> CrossEntropy.of(rows, labels.labels().reshape(-1), smoothing))
        .reshape(labels.labels().shape());
  }

  /** {@code [N, C, ...] -> [M, C]}. */
  private static Tensor classesLast(Tensor outputs) {
    int[] order = new int[outputs.shape().rank()];
    for (int i = 1; i < order.length - 1; i++) {
      order[i] = i + 1;
    }
    order[order.length - 1] = 1;
    int classes = outputs.shape().dim(1);
    return outputs.permute(order).reshape(outputs.shape().size() / classes, classes);
  }

  /** The part of the loss that is spread over all classes. */
  private Tensor spread(Tensor outputs, Tensor ofClasses) {
    return outputs
        .logSoftmax(1)
        .mul(ClassLabels.alongClasses(ofClasses, outputs.shape()))
        .sum(1)
        .mul(-smoothing / outputs.shape().dim(1));
  }

  private Costs ofShares(Tensor outputs, Tensor targets) {
    if (ignored != null) {
      throw new IllegalArgumentException(
          name()
              + ": only int64 labels can be ignored, targets are "
              + Checks.facts(targets)
              + "; give weights of 0 instead");
    }
    if (outputs.shape().rank() < 2) {
      throw Checks.error(
          name(), "outputs must be [N, C, ...]", "outputs", outputs, "targets", targets);
    }
    Checks.alike(name(), outputs, targets);
    Tensor shares =
        smoothing == 0
            ? targets
            : targets.mul(1 - smoothing).add(smoothing / outputs.shape().dim(1));
    Tensor each = outputs.logSoftmax(1).mul(shares);
    Tensor ofClasses = ClassLabels.weights(name(), weights, outputs);
    Tensor weighted =
        ofClasses == null ? each : each.mul(ClassLabels.alongClasses(ofClasses, outputs.shape()));
    return Costs.of(weighted.sum(1).neg());
  }
}
