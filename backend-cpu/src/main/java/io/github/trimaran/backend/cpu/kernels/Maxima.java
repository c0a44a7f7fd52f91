package io.github.trimaran.backend.cpu.kernels;

/**
 * Largest elements, position by position, of several stretches of a float32 array:
 *
 * <pre>out[x] = max over i &lt; count of source[from + i * step + x]     for x &lt; width</pre>
 *
 * <p>With the width of an image as the step, these are the maxima of rows; with a step of 1, those
 * of neighbours. NaN counts as the largest of all.
 */
@FunctionalInterface
public interface Maxima {

  /** Those of {@code count} stretches, at least one; {@code out} is not {@code source}. */
  void largest(float[] source, int from, int step, int count, float[] out, int width);
}
