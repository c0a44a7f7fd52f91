package io.github.trimaran.backend.cpu.reduction;

import io.github.trimaran.backend.cpu.memory.Reals;

/** What a reduction of real numbers does with them. */
enum RealReduction {
  /** The sum. */
  SUM {
    @Override
    double start() {
      return 0;
    }

    @Override
    double combine(double a, double b) {
      return a + b;
    }

    @Override
    double row(Reals values, int address, int stride, int count) {
      // Independent sums: a single one would wait for each addition to finish before the next.
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int i = 0;
      for (; i + 3 < count; i += 4) {
        int at = address + i * stride;
        s0 += values.get(at);
        s1 += values.get(at + stride);
        s2 += values.get(at + 2 * stride);
        s3 += values.get(at + 3 * stride);
      }
      for (; i < count; i++) {
        s0 += values.get(address + i * stride);
      }
      return (s0 + s1) + (s2 + s3);
    }

    @Override
    void addRow(Reals values, int address, double[] accumulators, int count) {
      for (int i = 0; i < count; i++) {
        accumulators[i] += values.get(address + i);
      }
    }
  },

  /** The maximum; NaN if there is one. */
  MAX {
    @Override
    double start() {
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    double combine(double a, double b) {
      return Math.max(a, b);
    }

    @Override
    double row(Reals values, int address, int stride, int count) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        max = Math.max(max, values.get(address + i * stride));
      }
      return max;
    }

    @Override
    void addRow(Reals values, int address, double[] accumulators, int count) {
      for (int i = 0; i < count; i++) {
        accumulators[i] = Math.max(accumulators[i], values.get(address + i));
      }
    }
  };

  /** The result for no elements. */
  abstract double start();

  /** The result of two parts. */
  abstract double combine(double a, double b);

  /** The result of {@code count} numbers, {@code stride} apart. */
  abstract double row(Reals values, int address, int stride, int count);

  /** Combines each of {@code count} accumulators with one of as many neighbouring numbers. */
  abstract void addRow(Reals values, int address, double[] accumulators, int count);
}
