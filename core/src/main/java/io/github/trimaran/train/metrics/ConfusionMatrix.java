package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * Counts which class was taken for which.
 *
 * <pre>{@code
 * ConfusionMatrix confusion = new ConfusionMatrix();
 * confusion.add(model.forward(images), labels, null);
 * double threesTakenForFives = confusion.counts()[3][5];
 * }</pre>
 *
 * <p>Outputs are scores {@code [N, C, ...]}, the highest of which decides, the first of equals;
 * targets int64 labels {@code [N, ...]}.
 */
public final class ConfusionMatrix {

  private static final String NAME = "confusion matrix";

  private final Decision decision;
  private double[][] counts = {};

  /** Of nothing yet. */
  public ConfusionMatrix() {
    this(Decision.CLASSES);
  }

  private ConfusionMatrix(Decision decision) {
    this.decision = decision;
  }

  /** One of nothing yet that leaves out what has this label. */
  public ConfusionMatrix ignoring(long label) {
    return new ConfusionMatrix(decision.ignoring(label));
  }

  /** One of nothing yet for yes-or-no questions: outputs above the threshold say yes, class 1. */
  public ConfusionMatrix binary(double threshold) {
    return new ConfusionMatrix(decision.above(threshold));
  }

  /**
   * Takes a batch into account.
   *
   * @param weights see {@link Metric.Accumulator#add(Tensor, Tensor, Tensor)}
   */
  public void add(Tensor outputs, Tensor targets, Tensor weights) {
    Decision.Decided decided = decision.of(NAME, outputs, targets, weights);
    if (counts.length == 0) {
      counts = new double[decided.classes()][decided.classes()];
    }
    if (counts.length != decided.classes()) {
      throw new IllegalArgumentException(
          NAME + ": " + decided.classes() + " classes after " + counts.length);
    }
    for (int i = 0; i < decided.weights().length; i++) {
      counts[decided.right()[i]][decided.predicted()[i]] += decided.weights()[i];
    }
  }

  /** The number of classes; 0 of nothing. */
  public int classes() {
    return counts.length;
  }

  /** {@code [k][p]}: how much of class k was taken for p; counts, but for weights. A copy. */
  public double[][] counts() {
    return Arrays.stream(counts).map(double[]::clone).toArray(double[][]::new);
  }
}
