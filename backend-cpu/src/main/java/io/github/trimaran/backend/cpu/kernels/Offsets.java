package io.github.trimaran.backend.cpu.kernels;

import java.util.Arrays;

/**
 * One half of the addresses of a matrix: what the row, or the column, contributes.
 *
 * <p>A table is made from some axes of a strided array: entry {@code i} is the sum of index times
 * stride over those axes, for the {@code i}-th index in row-major order. The table of a plain
 * matrix's columns is {@code 0, 1, 2, ...}, that of its rows {@code 0, W, 2W, ...}; a broadcast
 * gives zeros; three axes of an image under a moving window give the rows of its im2col matrix (see
 * {@link Im2col}).
 */
public final class Offsets {

  private final int[] table;
  private final int step;
  private final int stepLength;

  private Offsets(int[] table, int step, int stepLength) {
    this.table = table;
    this.step = step;
    this.stepLength = stepLength;
  }

  /** The table of axes with these extents and strides, outermost first. */
  public static Offsets of(int[] extents, int[] strides) {
    int size = 1;
    for (int extent : extents) {
      size *= extent;
    }
    int[] table = new int[size];
    if (size > 0) {
      fill(table, extents, strides);
    }
    int step = step(extents, strides);
    return new Offsets(table, step, stepLength(extents, strides, step));
  }

  /** The table {@code 0, stride, 2 * stride, ...}. */
  public static Offsets linear(int count, int stride) {
    return of(new int[] {count}, new int[] {stride});
  }

  /** From the innermost axis outwards: each axis repeats, shifted, what stands there already. */
  private static void fill(int[] table, int[] extents, int[] strides) {
    int filled = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      for (int i = 1; i < extents[axis]; i++) {
        int shift = i * strides[axis];
        int start = i * filled;
        for (int j = 0; j < filled; j++) {
          table[start + j] = table[j] + shift;
        }
      }
      filled *= extents[axis];
    }
  }

  /** The innermost stride that anything moves by. */
  private static int step(int[] extents, int[] strides) {
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      if (extents[axis] != 1) {
        return strides[axis];
      }
    }
    return 1;
  }

  private static int stepLength(int[] extents, int[] strides, int step) {
    int length = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      if (extents[axis] != 1) {
        if (strides[axis] != (long) step * length) {
          break;
        }
        length *= extents[axis];
      }
    }
    return Math.max(length, 1);
  }

  /** The number of entries. */
  public int size() {
    return table.length;
  }

  /** Entry {@code i}. */
  public int at(int i) {
    return table[i];
  }

  /** The entries themselves. */
  int[] table() {
    return table;
  }

  /** The distance from entry 0 to entry 1, and between all entries of a row of equal steps. */
  public int step() {
    return step;
  }

  /** The length of the rows, from entry 0 on, in which each entry is a {@link #step} further. */
  public int stepLength() {
    return stepLength;
  }

  /** The length of the runs, from entry 0 on, in which each entry is one more than the last. */
  public int runLength() {
    return step == 1 ? stepLength : 1;
  }

  /** Whether all entries are each one more than the last. */
  public boolean isOneRun() {
    return runLength() >= table.length;
  }

  /** How many entries from {@code i} on, itself included, are each one more than the last. */
  int run(int i) {
    return step == 1 ? steps(i) : 1;
  }

  /** How many entries from {@code i} on, itself included, are each a {@link #step} further. */
  int steps(int i) {
    return stepLength - i % stepLength;
  }

  @Override
  public String toString() {
    return Arrays.toString(table);
  }
}
