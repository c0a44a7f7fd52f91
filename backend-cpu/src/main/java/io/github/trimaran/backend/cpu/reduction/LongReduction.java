package io.github.trimaran.backend.cpu.reduction;

/** What a reduction of integers does with them. */
enum LongReduction {
  /** The sum, modulo 2^64. */
  SUM {
    @Override
    long start() {
      return 0;
    }

    @Override
    long combine(long a, long b) {
      return a + b;
    }
  },

  /** The maximum. */
  MAX {
    @Override
    long start() {
      return Long.MIN_VALUE;
    }

    @Override
    long combine(long a, long b) {
      return Math.max(a, b);
    }
  };

  /** The result for no elements. */
  abstract long start();

  /** The result of two parts. */
  abstract long combine(long a, long b);
}
