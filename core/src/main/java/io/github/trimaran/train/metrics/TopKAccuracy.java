package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Tensor;

/**
 * The share of targets whose class is among the k of highest scores; of equal scores the lower
 * class comes first, a NaN before all. Outputs {@code [N, C, ...]}, targets int64 {@code [N, ...]}.
 *
 * <pre>{@code
 * Metric top5 = new TopKAccuracy(5);
 * }</pre>
 */
public final class TopKAccuracy implements Metric {

  private final int k;
  private final Long ignored;

  /**
   * Of that many classes.
   *
   * @throws IllegalArgumentException if k is below 1
   */
  public TopKAccuracy(int k) {
    this(k, null);
  }

  private TopKAccuracy(int k, Long ignored) {
    if (k < 1) {
      throw new IllegalArgumentException("TopKAccuracy: k must be at least 1, is " + k);
    }
    this.k = k;
    this.ignored = ignored;
  }

  /** The same leaving out what has this label. */
  public TopKAccuracy ignoring(long label) {
    return new TopKAccuracy(k, label);
  }

  /** Such as {@code top5_accuracy}. */
  @Override
  public String name() {
    return "top" + k + "_accuracy";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Accumulator start() {
    return new WeightedMean(name(), ignored, this::hits, mean -> mean);
  }

  private double[] hits(Tensor outputs, Tensor targets, double... weights) {
    Targets.requireClasses(name(), outputs, targets);
    int classes = outputs.shape().dim(1);
    if (classes < k) {
      throw Targets.error(name(), "there are only " + classes + " classes", outputs, targets);
    }
    double[] scores = outputs.toDoubles();
    long[] labels = targets.toLongs();
    int inner = labels.length / Math.max(1, outputs.shape().dim(0));
    double[] hits = new double[labels.length];
    for (int i = 0; i < hits.length; i++) {
      if (weights[i] != 0) {
        int label = Targets.classOf(name(), labels[i], classes);
        int first = i / inner * classes * inner + i % inner;
        hits[i] = before(scores, first, inner, label, classes) < k ? 1 : 0;
      }
    }
    return hits;
  }

  /** How many classes come before that of the label. */
  private static int before(double[] scores, int first, int stride, int label, int classes) {
    double score = scores[first + label * stride];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      double other = scores[first + c * stride];
      // Unlike ==, this takes two NaNs as equal; adding 0 makes one of the two zeros.
      int order = Double.compare(other + 0.0, score + 0.0);
      before += order > 0 || (order == 0 && c < label) ? 1 : 0;
    }
    return before;
  }
}
