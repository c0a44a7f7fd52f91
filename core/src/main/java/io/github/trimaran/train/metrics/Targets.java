package io.github.trimaran.train.metrics;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** What metrics ask of targets and weights. */
final class Targets {

  private Targets() {}

  /**
   * The weight of each target, in row-major order.
   *
   * @param weights see {@link Metric.Accumulator#add(Tensor, Tensor, Tensor)}
   */
  static double[] weights(String name, Tensor weights, Tensor targets) {
    Shape shape = targets.shape();
    double[] each = new double[shape.size()];
    if (weights == null) {
      Arrays.fill(each, 1);
      return each;
    }
    int rank = weights.shape().rank();
    if (rank > shape.rank()
        || !Arrays.equals(weights.shape().dims(), Arrays.copyOf(shape.dims(), rank))) {
      throw new IllegalArgumentException(
          name
              + ": weights must have the first extents of the targets, one a sample or one a target"
              + " (targets "
              + shape
              + ", weights "
              + weights.shape()
              + ")");
    }
    double[] given = weights.toDoubles();
    for (int i = 0; i < each.length; i++) {
      each[i] = given[i / (each.length / given.length)];
    }
    return each;
  }

  /** Sets the weights of targets with that label to 0. */
  static void ignore(String name, long label, Tensor targets, double[] weights) {
    if (targets.dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          name
              + ": only int64 labels can be ignored, targets are "
              + targets.dtype()
              + " "
              + targets.shape()
              + "; give weights of 0 instead");
    }
    long[] labels = targets.toLongs();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        weights[i] = 0;
      }
    }
  }

  /** Scores {@code [N, C, ...]} with int64 labels {@code [N, ...]}. */
  static void requireClasses(String name, Tensor outputs, Tensor targets) {
    if (targets.dtype() != DType.INT64
        || outputs.shape().rank() < 2
        || !targets.shape().equals(outputs.shape().without(1))) {
      throw error(name, "takes scores [N, C, ...] with int64 labels [N, ...]", outputs, targets);
    }
  }

  /** The class that a label says. */
  static int classOf(String name, long label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          name
              + ": label "
              + label
              + " is not from 0 to "
              + (classes - 1)
              + "; leave it out with ignoring("
              + label
              + ") or a weight of 0");
    }
    return (int) label;
  }

  /** What a target of a yes-or-no question says. */
  static boolean isPositive(String name, double target) {
    if (target != 0 && target != 1) {
      throw new IllegalArgumentException(
          name
              + ": targets must be 0 or 1, one is "
              + target
              + "; leave it out with a weight of 0");
    }
    return target == 1;
  }

  static void requireAlike(String name, Tensor outputs, Tensor targets) {
    if (!outputs.shape().equals(targets.shape())) {
      throw error(name, "shapes differ; reshape one", outputs, targets);
    }
  }

  /** A function of {@code output - target}, for each element. */
  static double[] each(
      String name, Tensor outputs, Tensor targets, DoubleUnaryOperator ofDifference) {
    requireAlike(name, outputs, targets);
    double[] values = outputs.toDoubles();
    double[] wanted = targets.toDoubles();
    Arrays.setAll(values, i -> ofDifference.applyAsDouble(values[i] - wanted[i]));
    return values;
  }

  static IllegalArgumentException error(
      String name, String reason, Tensor outputs, Tensor targets) {
    return new IllegalArgumentException(
        name
            + ": "
            + reason
            + " (outputs "
            + outputs.dtype()
            + " "
            + outputs.shape()
            + ", targets "
            + targets.dtype()
            + " "
            + targets.shape()
            + ")");
  }
}
