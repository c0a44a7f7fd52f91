package io.github.trimaran.train.metrics;

import java.util.Arrays;

/** A growing list of doubles. */
final class Numbers {

  private double[] values = new double[256];
  private int size;

  /** Adds {@code count} values of an array from {@code first} on. */
  void add(double[] from, int first, int count) {
    if (size + count > values.length) {
      values = Arrays.copyOf(values, Math.max(size + count, Math.multiplyExact(values.length, 2)));
    }
    System.arraycopy(from, first, values, size, count);
    size += count;
  }

  double get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
