package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Tensor;

/**
 * The share of targets that were decided right. Of several classes, outputs are scores {@code [N,
 * C, ...]}, the highest of which decides, the first of equals; targets int64 labels {@code [N,
 * ...]}.
 *
 * <pre>{@code
 * Metric ofClasses = new Accuracy().ignoring(-100);
 * Metric ofQuestions = new Accuracy().binary();
 * }</pre>
 */
public final class Accuracy implements Metric {

  private final Decision decision;

  /** Of several classes. */
  public Accuracy() {
    this(Decision.CLASSES);
  }

  private Accuracy(Decision decision) {
    this.decision = decision;
  }

  /** The same for yes-or-no questions by logits: {@link #binary(double)} with threshold 0. */
  public Accuracy binary() {
    return binary(0);
  }

  /**
   * The same for yes-or-no questions: outputs above the threshold say yes; targets, 0 or 1, too.
   */
  public Accuracy binary(double threshold) {
    return new Accuracy(decision.above(threshold));
  }

  /** The same leaving out what has this label. */
  public Accuracy ignoring(long label) {
    return new Accuracy(decision.ignoring(label));
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Accumulator start() {
    return new WeightedMean(name(), decision.ignored(), this::hits, mean -> mean);
  }

  private double[] hits(Tensor outputs, Tensor targets, double... weights) {
    Decision.Decided decided = decision.of(name(), outputs, targets, weights);
    double[] hits = new double[weights.length];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = decided.predicted()[i] == decided.right()[i] ? 1 : 0;
    }
    return hits;
  }
}
