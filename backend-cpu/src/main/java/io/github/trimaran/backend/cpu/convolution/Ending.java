package io.github.trimaran.backend.cpu.convolution;

/**
 * What is done with the sum of a convolution before it is stored: {@code sum + bias + added}, and 0
 * instead where that is negative, if asked.
 *
 * @param bias {@code [F]}, or null
 * @param added as many numbers as there are results, in their order, or null
 * @param relu whether negative results become 0
 */
record Ending(float[] bias, float[] added, boolean relu) {

  /** Stores the sums as they are. */
  static final Ending NONE = new Ending(null, null, false);

  /** What the sums of a filter get. */
  float bias(int filter) {
    return bias == null ? 0 : bias[filter];
  }
}
