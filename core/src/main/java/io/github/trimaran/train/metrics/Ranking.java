package io.github.trimaran.train.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;

/**
 * Targets from the highest score down, as groups of equal score: how much of the positives and of
 * the negatives each holds.
 */
final class Ranking {

  /** Sums over the groups. */
  @FunctionalInterface
  interface Term {

    /**
     * What a group adds.
     *
     * @param positives in the group
     * @param negatives in the group
     * @param positivesAbove in the groups before
     * @param negativesAbove in the groups before
     */
    double of(double positives, double negatives, double positivesAbove, double negativesAbove);
  }

  private final double[] scores;
  private final IntPredicate positive;
  private final double[] weights;
  private final Integer[] order;
  private double positives;
  private double negatives;

  /** Of these scores; what weighs 0 does not take part. */
  Ranking(double[] scores, IntPredicate positive, double... weights) {
    this.scores = scores;
    this.positive = positive;
    this.weights = weights;
    order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
    for (int i = 0; i < weights.length; i++) {
      if (positive.test(i)) {
        positives += weights[i];
      } else {
        negatives += weights[i];
      }
    }
  }

  /** All positives. */
  double positives() {
    return positives;
  }

  /** All negatives. */
  double negatives() {
    return negatives;
  }

  /** The sum over the groups; NaN if a score is, which has no place. */
  double sum(Term term) {
    double sum = 0;
    double positivesAbove = 0;
    double negativesAbove = 0;
    int next = 0;
    while (next < order.length) {
      double score = scores[order[next]];
      if (Double.isNaN(score)) {
        return Double.NaN;
      }
      double inPositives = 0;
      double inNegatives = 0;
      while (next < order.length && scores[order[next]] == score) {
        int i = order[next++];
        if (positive.test(i)) {
          inPositives += weights[i];
        } else {
          inNegatives += weights[i];
        }
      }
      sum += term.of(inPositives, inNegatives, positivesAbove, negativesAbove);
      positivesAbove += inPositives;
      negativesAbove += inNegatives;
    }
    return sum;
  }
}
