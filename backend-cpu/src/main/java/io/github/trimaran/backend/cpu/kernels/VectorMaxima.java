package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Maxima} with the Vector API. */
final class VectorMaxima implements Maxima {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public void largest(float[] source, int from, int step, int count, float[] out, int width) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      register(source, from + x, step, count, out, x);
    }
    if (x < width && width >= LANES) {
      // The last register once more, as far to the left as it takes to be a whole one.
      register(source, from + width - LANES, step, count, out, width - LANES);
      return;
    }
    for (; x < width; x++) {
      float max = source[from + x];
      for (int i = 1; i < count; i++) {
        max = Math.max(max, source[from + i * step + x]);
      }
      out[x] = max;
    }
  }

  private static void register(float[] source, int from, int step, int count, float[] out, int to) {
    FloatVector max = FloatVector.fromArray(SPECIES, source, from);
    for (int i = 1; i < count; i++) {
      max = max.max(FloatVector.fromArray(SPECIES, source, from + i * step));
    }
    max.intoArray(out, to);
  }
}
