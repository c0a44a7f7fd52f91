package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** Padding of the axes behind the channels. */
abstract class PadNd extends Layer {

  private final int[] before;
  private final int[] after;
  private final String described;

  /** Of as many axes as there are counts before and after. */
  PadNd(int[] before, int[] after, String described) {
    this.before = before;
    this.after = after;
    this.described = described;
    for (int i = 0; i < before.length; i++) {
      if (before[i] < 0 || after[i] < 0) {
        throw error("padding must not be negative, is " + described + "; narrow instead");
      }
    }
  }

  PadNd(int left, int right) {
    this(
        new int[] {left},
        new int[] {right},
        left == right ? Integer.toString(left) : "left " + left + ", right " + right);
  }

  PadNd(int left, int right, int top, int bottom) {
    this(
        new int[] {top, left},
        new int[] {bottom, right},
        left == right && left == top && left == bottom
            ? Integer.toString(left)
            : "left " + left + ", right " + right + ", top " + top + ", bottom " + bottom);
  }

  /** The input padded by these counts, one an axis. */
  abstract Tensor padded(Tensor x, int[] countsBefore, int[] countsAfter);

  @Override
  protected String describe() {
    return described;
  }

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    int rank = before.length + 2;
    if (x.shape().rank() != rank) {
      throw error(
          "input must be " + (rank == 3 ? "[N, C, L]" : "[N, C, H, W]") + ", is " + x.shape());
    }
    return padded(x, behindChannels(before), behindChannels(after));
  }

  private static int[] behindChannels(int[] counts) {
    int[] all = new int[counts.length + 2];
    System.arraycopy(counts, 0, all, 2, counts.length);
    return all;
  }

  @Override
  public Form form() {
    return Form.of("before", before).with("after", after);
  }
}
