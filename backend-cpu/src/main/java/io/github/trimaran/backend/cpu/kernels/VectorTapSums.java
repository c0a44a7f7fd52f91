package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TapSums} with the Vector API. Sums stay in registers, several of them, for one would wait
 * for its own last addition.
 */
final class VectorTapSums implements TapSums {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Registers that the sums of a window take. */
  private static final int SIDE_BY_SIDE = 4;

  private static final int WIDTH = SIDE_BY_SIDE * LANES;

  VectorTapSums() {}

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public void correlate(float[] planes, int[] taps, float[] weights, float[] sums, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      correlateAt(planes, taps, weights, sums, i);
    }
  }

  private static void correlateAt(
      float[] planes, int[] taps, float[] weights, float[] sums, int i) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int t = 0; t < taps.length; t++) {
      FloatVector weight = FloatVector.broadcast(SPECIES, weights[t]);
      int at = taps[t] + i;
      s0 = weight.fma(FloatVector.fromArray(SPECIES, planes, at), s0);
      s1 = weight.fma(FloatVector.fromArray(SPECIES, planes, at + LANES), s1);
      s2 = weight.fma(FloatVector.fromArray(SPECIES, planes, at + 2 * LANES), s2);
      s3 = weight.fma(FloatVector.fromArray(SPECIES, planes, at + 3 * LANES), s3);
    }
    s0.intoArray(sums, i);
    s1.intoArray(sums, i + LANES);
    s2.intoArray(sums, i + 2 * LANES);
    s3.intoArray(sums, i + 3 * LANES);
  }

  /** Three taps at a time share what is loaded of the factors. */
  @Override
  public void addProducts(float[] planes, int[] taps, float[] factors, int count, float[] sums) {
    int t = 0;
    for (; t + 3 <= taps.length; t += 3) {
      addThree(planes, taps[t], taps[t + 1], taps[t + 2], factors, count, sums, t * WIDTH);
    }
    for (; t < taps.length; t++) {
      addOne(planes, taps[t], factors, count, sums, t * WIDTH);
    }
  }

  private static void addThree(
      float[] planes,
      int tap0,
      int tap1,
      int tap2,
      float[] factors,
      int count,
      float[] sums,
      int at) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector s0right = FloatVector.fromArray(SPECIES, sums, at + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums, at + WIDTH);
    FloatVector s1right = FloatVector.fromArray(SPECIES, sums, at + WIDTH + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums, at + 2 * WIDTH);
    FloatVector s2right = FloatVector.fromArray(SPECIES, sums, at + 2 * WIDTH + LANES);
    for (int i = 0; i < count; i += 2 * LANES) {
      FloatVector left = FloatVector.fromArray(SPECIES, factors, i);
      FloatVector right = FloatVector.fromArray(SPECIES, factors, i + LANES);
      s0 = left.fma(FloatVector.fromArray(SPECIES, planes, tap0 + i), s0);
      s0right = right.fma(FloatVector.fromArray(SPECIES, planes, tap0 + i + LANES), s0right);
      s1 = left.fma(FloatVector.fromArray(SPECIES, planes, tap1 + i), s1);
      s1right = right.fma(FloatVector.fromArray(SPECIES, planes, tap1 + i + LANES), s1right);
      s2 = left.fma(FloatVector.fromArray(SPECIES, planes, tap2 + i), s2);
      s2right = right.fma(FloatVector.fromArray(SPECIES, planes, tap2 + i + LANES), s2right);
    }
    s0.intoArray(sums, at);
    s0right.intoArray(sums, at + LANES);
    s1.intoArray(sums, at + WIDTH);
    s1right.intoArray(sums, at + WIDTH + LANES);
    s2.intoArray(sums, at + 2 * WIDTH);
    s2right.intoArray(sums, at + 2 * WIDTH + LANES);
  }

  private static void addOne(
      float[] planes, int tap, float[] factors, int count, float[] sums, int at) {
    FloatVector left = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector right = FloatVector.fromArray(SPECIES, sums, at + LANES);
    for (int i = 0; i < count; i += 2 * LANES) {
      FloatVector factor = FloatVector.fromArray(SPECIES, factors, i);
      left = factor.fma(FloatVector.fromArray(SPECIES, planes, tap + i), left);
      factor = FloatVector.fromArray(SPECIES, factors, i + LANES);
      right = factor.fma(FloatVector.fromArray(SPECIES, planes, tap + i + LANES), right);
    }
    left.intoArray(sums, at);
    right.intoArray(sums, at + LANES);
  }
}
