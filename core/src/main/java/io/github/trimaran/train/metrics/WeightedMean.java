package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** The weighted mean of a number for each target. */
final class WeightedMean implements Metric.Accumulator {

  /** The number for each target, in row-major order; of no meaning where the weight is 0. */
  @FunctionalInterface
  interface Each {
    double[] of(Tensor outputs, Tensor targets, double[] weights);
  }

  private final String name;
  private final Long ignored;
  private final Each each;
  private final DoubleUnaryOperator finish;
  private double sum;
  private double count;

  /**
   * Of nothing yet.
   *
   * @param ignored the label that does not count; null for none
   * @param finish from the mean to the metric
   */
  WeightedMean(String name, Long ignored, Each each, DoubleUnaryOperator finish) {
    this.name = name;
    this.ignored = ignored;
    this.each = each;
    this.finish = finish;
  }

  @Override
  public void add(Tensor outputs, Tensor targets, Tensor weights) {
    double[] counts = Targets.weights(name, weights, targets);
    if (ignored != null) {
      Targets.ignore(name, ignored, targets, counts);
    }
    double[] values = each.of(outputs, targets, counts);
    for (int i = 0; i < values.length; i++) {
      // What does not count may be infinite or NaN.
      if (counts[i] != 0) {
        sum += counts[i] * values[i];
        count += counts[i];
      }
    }
  }

  @Override
  public double value() {
    return finish.applyAsDouble(sum / count);
  }
}
