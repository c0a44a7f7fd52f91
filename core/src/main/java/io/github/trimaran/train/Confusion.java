package io.github.trimaran.train;

import io.github.trimaran.array.DType;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Counts which class was taken for which, where outcomes are of classes. Labels that are none of
 * the classes, as losses may ignore, and what weighs 0 are left out.
 */
final class Confusion {

  /** A table of more would not fit into memory, nor be read. */
  private static final int MOST_CLASSES = 1000;

  private final boolean table;
  private int classes;
  private long labelled;
  private long correct;
  private long[][] counts = {};

  private Confusion(boolean table) {
    this.table = table;
  }

  /** Of nothing yet, counting what was taken for what. */
  static Confusion withTable() {
    return new Confusion(true);
  }

  /** Of nothing yet, counting what was right. */
  static Confusion withoutTable() {
    return new Confusion(false);
  }

  /** Whether the outcome is of classes: scores {@code [N, K]} and INT64 labels {@code [N]}. */
  private static boolean isOfClasses(Outcome outcome) {
    Tensor outputs = outcome.outputs();
    Tensor targets = outcome.targets();
    return outputs != null
        && targets != null
        && targets.dtype() == DType.INT64
        && targets.shape().rank() == 1
        && outputs.shape().rank() == 2;
  }

  void add(Outcome outcome) {
    if (!isOfClasses(outcome)) {
      return;
    }
    classes = outcome.outputs().shape().dim(1);
    if (table && counts.length == 0 && classes <= MOST_CLASSES) {
      counts = new long[classes][classes];
    }
    long[] predicted = outcome.outputs().argMax(1).toLongs();
    long[] labels = outcome.targets().toLongs();
    double[] weights = outcome.weights() == null ? null : outcome.weights().toDoubles();
    for (int i = 0; i < predicted.length; i++) {
      if (labels[i] >= 0 && labels[i] < classes && (weights == null || weights[i] != 0)) {
        labelled++;
        correct += labels[i] == predicted[i] ? 1 : 0;
        if (counts.length > 0) {
          counts[(int) labels[i]][(int) predicted[i]]++;
        }
      }
    }
  }

  /** Adds what the other workers counted, so that all have the same. */
  void addAll(Collective workers) {
    if (workers.size() == 1) {
      return;
    }
    List<byte[]> all = workers.allGather(toBytes());
    labelled = 0;
    correct = 0;
    counts = new long[0][];
    for (byte[] message : all) {
      addFrom(ByteBuffer.wrap(message));
    }
  }

  private byte[] toBytes() {
    int cells = counts.length * counts.length;
    ByteBuffer message = ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES * (2 + cells));
    message.putInt(classes).putInt(counts.length).putLong(labelled).putLong(correct);
    for (long[] row : counts) {
      for (long count : row) {
        message.putLong(count);
      }
    }
    return message.array();
  }

  private void addFrom(ByteBuffer message) {
    classes = Math.max(classes, message.getInt());
    int rows = message.getInt();
    if (counts.length < rows) {
      counts = new long[rows][rows];
    }
    labelled += message.getLong();
    correct += message.getLong();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        counts[i][j] += message.getLong();
      }
    }
  }

  /** The number of classes; 0 where outcomes are not of classes. */
  int classes() {
    return classes;
  }

  /** How many samples have a class. */
  long labelled() {
    return labelled;
  }

  /** How many of them were put into the right one. */
  long correct() {
    return correct;
  }

  /** {@code [k][p]}: samples of class k that were taken for p; empty where there are too many. */
  long[][] counts() {
    return counts;
  }
}
