package io.github.trimaran.train;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;

/** Counts which class was taken for which, where outcomes are of classes. */
final class Confusion {

  private long[][] counts = {};

  /** Whether the outcome is of classes: scores {@code [N, K]} and INT64 labels {@code [N]}. */
  static boolean isOfClasses(Outcome outcome) {
    Tensor outputs = outcome.outputs();
    Tensor targets = outcome.targets();
    return outputs != null
        && targets != null
        && targets.dtype() == DType.INT64
        && targets.shape().rank() == 1
        && outputs.shape().rank() == 2;
  }

  /** How many samples were put into the right class; 0 without classes. */
  static long correct(Outcome outcome) {
    if (!isOfClasses(outcome)) {
      return 0;
    }
    long[] predicted = outcome.outputs().argMax(1).toLongs();
    long[] labels = outcome.targets().toLongs();
    long correct = 0;
    for (int i = 0; i < predicted.length; i++) {
      correct += predicted[i] == labels[i] ? 1 : 0;
    }
    return correct;
  }

  void add(Outcome outcome) {
    if (!isOfClasses(outcome)) {
      return;
    }
    int classes = outcome.outputs().shape().dim(1);
    if (counts.length == 0) {
      counts = new long[classes][classes];
    }
    long[] predicted = outcome.outputs().argMax(1).toLongs();
    long[] labels = outcome.targets().toLongs();
    for (int i = 0; i < predicted.length; i++) {
      counts[(int) labels[i]][(int) predicted[i]]++;
    }
  }

  /** {@code [k][p]}: samples of class k that were taken for p; empty without classes. */
  long[][] counts() {
    return counts;
  }
}
