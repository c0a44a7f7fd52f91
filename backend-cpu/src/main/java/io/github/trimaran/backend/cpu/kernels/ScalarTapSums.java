package io.github.trimaran.backend.cpu.kernels;

import java.util.Arrays;

/** {@link TapSums} in plain loops that the JIT turns into vector code: one tap at a time. */
final class ScalarTapSums implements TapSums {

  private static final int WIDTH = 128;

  ScalarTapSums() {}

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public void correlate(float[] planes, int[] taps, float[] weights, float[] sums, int count) {
    Arrays.fill(sums, 0, count, 0);
    for (int t = 0; t < taps.length; t++) {
      addTimes(planes, taps[t], weights[t], sums, count);
    }
  }

  private static void addTimes(float[] plane, int tap, float weight, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += weight * plane[tap + i];
    }
  }

  @Override
  public void addProducts(float[] planes, int[] taps, float[] factors, int count, float[] sums) {
    for (int t = 0; t < taps.length; t++) {
      for (int from = 0; from < count; from += WIDTH) {
        addPart(planes, taps[t] + from, factors, from, sums, t * WIDTH);
      }
    }
  }

  private static void addPart(
      float[] plane, int tap, float[] factors, int from, float[] sums, int at) {
    for (int i = 0; i < WIDTH; i++) {
      sums[at + i] += factors[from + i] * plane[tap + i];
    }
  }
}
