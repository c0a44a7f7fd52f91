package io.github.trimaran.backend.cpu.kernels;

/**
 * Windows over planes, with everything flat: a plane is a run of floats, a window is some of its
 * elements, its taps, and moving the window by one adds one to the address of each tap. So one long
 * loop serves all rows of an image, whatever its width; what it computes between two rows means
 * nothing.
 */
public interface TapSums {

  /** Counts are multiples of this, and sums of {@link #addProducts} are kept in so many parts. */
  int width();

  /**
   * {@code sums[i] = weights[0] planes[taps[0] + i] + weights[1] planes[taps[1] + i] + ...}.
   *
   * @param taps where each tap is for i = 0
   * @param weights one for each tap
   * @param sums where to store
   * @param count how many; a multiple of {@link #width}
   */
  void correlate(float[] planes, int[] taps, float[] weights, float[] sums, int count);

  /**
   * Adds to the parts of each tap's sum, {@code width} parts side by side, the products {@code
   * factors[i] planes[taps[t] + i]}. In which part each lands depends on nothing but i.
   *
   * @param factors as many as {@code count}
   * @param sums the parts of tap 0, of tap 1, ...
   * @param count how many; a multiple of {@link #width}
   */
  void addProducts(float[] planes, int[] taps, float[] factors, int count, float[] sums);
}
