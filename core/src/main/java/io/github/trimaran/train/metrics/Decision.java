package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;

/**
 * How outputs are read as classes: the class of the highest score, or whether a score exceeds a
 * threshold.
 *
 * @param threshold null for several classes
 * @param ignored the label of what does not count; null for none
 */
record Decision(Double threshold, Long ignored) {

  /** Of several classes, none ignored. */
  static final Decision CLASSES = new Decision(null, null);

  Decision above(double bound) {
    return new Decision(bound, ignored);
  }

  Decision ignoring(long label) {
    return new Decision(threshold, label);
  }

  /**
   * What was decided, and what would have been right.
   *
   * @param weights 0 for what does not count; the other two are of no meaning there
   */
  record Decided(int classes, int[] predicted, int[] right, double[] weights) {}

  /**
   * Reads outputs as classes.
   *
   * @param name of the metric, for errors
   */
  Decided of(String name, Tensor outputs, Tensor targets, Tensor weights) {
    double[] counts = Targets.weights(name, weights, targets);
    if (ignored != null) {
      Targets.ignore(name, ignored, targets, counts);
    }
    return of(name, outputs, targets, counts);
  }

  private static long[] best(Tensor outputs) {
    try (Scope scope = Scope.open("a metric")) {
      return outputs.argMax(1).toLongs();
    }
  }

  /** The same with the weights known. */
  Decided of(String name, Tensor outputs, Tensor targets, double... counts) {
    int[] right = new int[counts.length];
    int[] predicted = new int[counts.length];
    if (threshold == null) {
      Targets.requireClasses(name, outputs, targets);
      int classes = outputs.shape().dim(1);
      long[] best = best(outputs);
      long[] labels = targets.toLongs();
      for (int i = 0; i < right.length; i++) {
        predicted[i] = (int) best[i];
        right[i] = counts[i] == 0 ? 0 : Targets.classOf(name, labels[i], classes);
      }
      return new Decided(classes, predicted, right, counts);
    }
    Targets.requireAlike(name, outputs, targets);
    double[] scores = outputs.toDoubles();
    double[] truths = targets.toDoubles();
    for (int i = 0; i < right.length; i++) {
      predicted[i] = scores[i] > threshold ? 1 : 0;
      right[i] = counts[i] != 0 && Targets.isPositive(name, truths[i]) ? 1 : 0;
    }
    return new Decided(2, predicted, right, counts);
  }
}
