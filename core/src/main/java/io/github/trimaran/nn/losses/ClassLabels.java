package io.github.trimaran.nn.losses;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Indices;
import io.github.trimaran.tensor.Tensor;
import java.util.function.Supplier;

/**
 * INT64 labels {@code [N, ...]} of outputs {@code [N, C, ...]}.
 *
 * @param name of the loss, for errors
 * @param canIgnore whether the loss has an option to ignore labels
 * @param outputs what the labels are of
 * @param given the labels as they were given
 * @param labels the same with 0 where ignored
 * @param kept BOOL: what is not ignored; null for all
 */
record ClassLabels(
    String name, boolean canIgnore, Tensor outputs, Tensor given, Tensor labels, Tensor kept) {

  /**
   * Checks shapes and dtypes.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  static ClassLabels of(String name, Tensor outputs, Tensor targets) {
    Checks.floating(name, outputs);
    Shape shape = outputs.shape();
    if (targets.dtype() != DType.INT64
        || shape.rank() < 2
        || shape.dim(1) == 0
        || !targets.shape().equals(shape.without(1))) {
      throw Checks.error(
          name,
          "takes outputs [N, C, ...] with int64 labels [N, ...]",
          "outputs",
          outputs,
          "targets",
          targets);
    }
    return new ClassLabels(name, false, outputs, targets, targets, null);
  }

  /**
   * The same without those that are ignored.
   *
   * @param ignored the label of what does not count; null for none
   */
  static ClassLabels of(String name, Tensor outputs, Tensor targets, Long ignored) {
    of(name, outputs, targets);
    if (ignored == null) {
      return new ClassLabels(name, true, outputs, targets, targets, null);
    }
    Tensor left = targets.eq(ignored);
    return new ClassLabels(
        name, true, outputs, targets, targets.maskedFill(left, 0), left.logicalNot());
  }

  /** {@code outputs[n, labels[n, ...], ...]}, {@code [N, ...]}. */
  Tensor pick() {
    return inRange(() -> outputs.gather(1, labels.unsqueeze(1)).reshape(labels.shape()));
  }

  /**
   * Weights these losses by the weights of their classes, leaving out what is ignored.
   *
   * @param weights one a class; null for 1
   */
  Costs weighted(Tensor losses, Tensor weights) {
    Costs costs = Costs.of(losses);
    if (weights != null) {
      costs = costs.weighted(name, ofLabels(weights));
    }
    return kept == null ? costs : costs.weighted(name, kept);
  }

  /** The weight of each label. */
  Tensor ofLabels(Tensor weights) {
    return weights.gather(0, labels.reshape(-1)).reshape(labels.shape());
  }

  /** Runs what reads the labels, and says which of them is none of the classes. */
  <T> T inRange(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IndexOutOfBoundsException e) {
      throw outOfRange(e);
    }
  }

  private RuntimeException outOfRange(IndexOutOfBoundsException cause) {
    int classes = outputs.shape().dim(1);
    Indices.Outside label = Indices.firstOutside(labels, classes).orElseThrow(() -> cause);
    IndexOutOfBoundsException error =
        new IndexOutOfBoundsException(
            name
                + ": label "
                + label
                + " is not from 0 to "
                + (classes - 1)
                + " (outputs "
                + outputs.shape()
                + ", targets "
                + given.shape()
                + (canIgnore ? "); ignoring(" + label.value() + ") leaves such labels out" : ")"));
    error.initCause(cause);
    return error;
  }

  /** BOOL {@code [N, C, ...]}: where the class is that of the label. */
  Tensor isRight() {
    Tensor classes = Tensor.arange(outputs.backend(), outputs.shape().dim(1));
    return alongClasses(classes, outputs.shape()).eq(labels.unsqueeze(1));
  }

  /** {@code [C]} under a shape that broadcasts to {@code [N, C, ...]}. */
  static Tensor alongClasses(Tensor ofClasses, Shape outputs) {
    Shape shape = outputs;
    for (int axis = 0; axis < outputs.rank(); axis++) {
      shape = axis == 1 ? shape : shape.with(axis, 1);
    }
    return ofClasses.reshape(shape);
  }

  /** A weight for each class, on the backend of the outputs; null for none. */
  static Tensor weights(String name, double[] weights, Tensor outputs) {
    if (weights == null) {
      return null;
    }
    if (weights.length != outputs.shape().dim(1)) {
      throw new IllegalArgumentException(
          name
              + ": "
              + weights.length
              + " class weights for "
              + outputs.shape().dim(1)
              + " classes (outputs "
              + outputs.shape()
              + "); give one a class");
    }
    return Tensor.of(
        outputs.backend(), HostArray.of(weights, Shape.of(weights.length)).to(outputs.dtype()));
  }
}
