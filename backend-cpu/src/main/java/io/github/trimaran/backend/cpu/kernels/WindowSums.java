package io.github.trimaran.backend.cpu.kernels;

/**
 * Many windows over the same planes, flat as in {@link TapSums}: a tile of sums, some windows by
 * some places, stays in registers while the taps pass by, and what a tap sees is read where it
 * lies. Nothing is packed.
 */
public interface WindowSums {

  /** The most windows of a tile. */
  int windows();

  /** Places of a tile, side by side. */
  int places();

  /**
   * The sums of a tile: {@code sums[w * places + i] = weights[rows[w]] planes[taps[0] + at + i] +
   * weights[rows[w] + 1] planes[taps[1] + at + i] + ...}, added up in this order.
   *
   * @param taps where each tap is for place 0
   * @param at the tile's first place
   * @param rows where the weights of each window begin, for {@link #windows} of them
   * @param count how many of them are wanted; the sums of the others may be anything
   * @param sums where to store
   */
  void compute(
      float[] planes, int[] taps, int at, float[] weights, int[] rows, int count, float[] sums);

  /**
   * Stores {@code sums[from + i] + bias + added[to + i]}, or 0 instead where that is negative and
   * {@code relu}, in {@code out[to + i]} for {@code 0 <= i < count}.
   *
   * @param added null for nothing
   */
  void store(
      float[] sums,
      int from,
      int count,
      float bias,
      float[] added,
      boolean relu,
      float[] out,
      int to);
}
