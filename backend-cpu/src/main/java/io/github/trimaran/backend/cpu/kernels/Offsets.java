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
  private final int runLength;

  private Offsets(int[] table, int runLength) {
    this.table = table;
    this.runLength = runLength;
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
    return new Offsets(table, runLength(extents, strides));
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

  private static int runLength(int[] extents, int[] strides) {
    int run = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      if (extents[axis] != 1) {
        if (strides[axis] != run) {
          break;
        }
        run *= extents[axis];
      }
    }
    return Math.max(run, 1);
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

  /** The length of the runs, from entry 0 on, in which each entry is one more than the last. */
  public int runLength() {
    return runLength;
  }

  /** How many entries from {@code i} on, itself included, are each one more than the last. */
  int run(int i) {
    return runLength - i % runLength;
  }

  @Override
  public String toString() {
    return Arrays.toString(table);
  }
}
