package io.github.trimaran.backend.cpu.memory;

import java.util.Arrays;

/** Copies elements from one layout to another, for all element types. */
public final class StridedCopy {

  private final Rows rows;
  private final Object source;

  /** From an array, in its row-major order. */
  public StridedCopy(CpuArray source) {
    this(source.array(), source.layout());
  }

  /** From a Java array under a layout, in row-major order. */
  public StridedCopy(Object source, Layout layout) {
    this.source = source;
    this.rows = Rows.of(layout);
  }

  /**
   * Copies elements {@code from} to {@code to - 1} to {@code target[targetStart]} and following.
   */
  public void read(int from, int to, Object target, int targetStart) {
    int shift = targetStart - from;
    rows.visit(
        from,
        to,
        (address, position, count) ->
            row(source, address, rows.stride(), target, position + shift, 1, count));
  }

  /** Copies all of {@code source} to {@code target}, two layouts of one shape. */
  static void copy(Workers workers, Object source, Layout from, Object target, Layout to) {
    Rows both = Rows.of(from, to);
    workers.ranges(
        from.shape().size(),
        (start, end) ->
            both.visit(
                start,
                end,
                (a, b, count) ->
                    row(source, a, both.stride(), target, b, both.otherStride(), count)));
  }

  private static void row(
      Object source, int from, int step, Object target, int to, int targetStep, int count) {
    if (step == 1 && targetStep == 1) {
      System.arraycopy(source, from, target, to, count);
    } else if (source instanceof float[] floats) {
      row(floats, from, step, (float[]) target, to, targetStep, count);
    } else if (source instanceof double[] doubles) {
      row(doubles, from, step, (double[]) target, to, targetStep, count);
    } else if (source instanceof long[] longs) {
      row(longs, from, step, (long[]) target, to, targetStep, count);
    } else {
      row((boolean[]) source, from, step, (boolean[]) target, to, targetStep, count);
    }
  }

  private static void row(
      float[] source, int from, int step, float[] target, int to, int targetStep, int count) {
    if (step == 0 && targetStep == 1) {
      Arrays.fill(target, to, to + count, source[from]);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[to + i * targetStep] = source[from + i * step];
    }
  }

  private static void row(
      double[] source, int from, int step, double[] target, int to, int targetStep, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i * targetStep] = source[from + i * step];
    }
  }

  private static void row(
      long[] source, int from, int step, long[] target, int to, int targetStep, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i * targetStep] = source[from + i * step];
    }
  }

  private static void row(
      boolean[] source, int from, int step, boolean[] target, int to, int targetStep, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i * targetStep] = source[from + i * step];
    }
  }
}
