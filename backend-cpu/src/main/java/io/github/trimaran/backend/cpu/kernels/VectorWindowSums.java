package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WindowSums} with the Vector API, for processors with 32 registers: six windows by four
 * registers of places, or four by four for what six leave over. What is read lies across the
 * borders of cache lines, which takes the time of two reads; with six uses of each register that
 * does not show. Registers of a tile whose places do not lie side by side would save storing the
 * sums twice, but four addresses instead of one were too many for the JIT: half the speed.
 */
final class VectorWindowSums implements WindowSums {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int REGISTERS = 4;
  private static final int TALL = 6;
  private static final int SMALL = 4;

  VectorWindowSums() {}

  @Override
  public int windows() {
    return TALL;
  }

  @Override
  public int places() {
    return REGISTERS * LANES;
  }

  @Override
  public void compute(
      float[] planes, int[] taps, int at, float[] weights, int[] rows, int count, float[] sums) {
    if (count <= SMALL) {
      four(planes, taps, at, weights, rows, sums);
    } else {
      six(planes, taps, at, weights, rows, sums);
    }
  }

  @Override
  public void store(
      float[] sums,
      int from,
      int count,
      float bias,
      float[] added,
      boolean relu,
      float[] out,
      int to) {
    if (count < LANES) {
      for (int i = 0; i < count; i++) {
        float sum = sums[from + i] + bias;
        sum += added == null ? 0 : added[to + i];
        out[to + i] = relu ? Math.max(sum, 0) : sum;
      }
      return;
    }
    FloatVector biases = FloatVector.broadcast(SPECIES, bias);
    for (int i = 0; i < count; i += LANES) {
      // The last register as far to the left as it takes to be a whole one.
      int at = Math.min(i, count - LANES);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + at).add(biases);
      if (added != null) {
        sum = sum.add(FloatVector.fromArray(SPECIES, added, to + at));
      }
      if (relu) {
        sum.max(0).intoArray(out, to + at);
      } else {
        sum.intoArray(out, to + at);
      }
    }
  }

  private static void four(
      float[] planes, int[] taps, int at, float[] weights, int[] rows, float[] sums) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s33 = s00;
    int w0 = rows[0];
    int w1 = rows[1];
    int w2 = rows[2];
    int w3 = rows[3];
    for (int t = 0; t < taps.length; t++) {
      int from = taps[t] + at;
      FloatVector x0 = FloatVector.fromArray(SPECIES, planes, from);
      FloatVector x1 = FloatVector.fromArray(SPECIES, planes, from + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, planes, from + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, planes, from + 3 * LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, weights[w0 + t]);
      s00 = w.fma(x0, s00);
      s01 = w.fma(x1, s01);
      s02 = w.fma(x2, s02);
      s03 = w.fma(x3, s03);
      w = FloatVector.broadcast(SPECIES, weights[w1 + t]);
      s10 = w.fma(x0, s10);
      s11 = w.fma(x1, s11);
      s12 = w.fma(x2, s12);
      s13 = w.fma(x3, s13);
      w = FloatVector.broadcast(SPECIES, weights[w2 + t]);
      s20 = w.fma(x0, s20);
      s21 = w.fma(x1, s21);
      s22 = w.fma(x2, s22);
      s23 = w.fma(x3, s23);
      w = FloatVector.broadcast(SPECIES, weights[w3 + t]);
      s30 = w.fma(x0, s30);
      s31 = w.fma(x1, s31);
      s32 = w.fma(x2, s32);
      s33 = w.fma(x3, s33);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, LANES);
    s02.intoArray(sums, 2 * LANES);
    s03.intoArray(sums, 3 * LANES);
    s10.intoArray(sums, 4 * LANES);
    s11.intoArray(sums, 5 * LANES);
    s12.intoArray(sums, 6 * LANES);
    s13.intoArray(sums, 7 * LANES);
    s20.intoArray(sums, 8 * LANES);
    s21.intoArray(sums, 9 * LANES);
    s22.intoArray(sums, 10 * LANES);
    s23.intoArray(sums, 11 * LANES);
    s30.intoArray(sums, 12 * LANES);
    s31.intoArray(sums, 13 * LANES);
    s32.intoArray(sums, 14 * LANES);
    s33.intoArray(sums, 15 * LANES);
  }

  private static void six(
      float[] planes, int[] taps, int at, float[] weights, int[] rows, float[] sums) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s33 = s00;
    FloatVector s40 = s00;
    FloatVector s41 = s00;
    FloatVector s42 = s00;
    FloatVector s43 = s00;
    FloatVector s50 = s00;
    FloatVector s51 = s00;
    FloatVector s52 = s00;
    FloatVector s53 = s00;
    int w0 = rows[0];
    int w1 = rows[1];
    int w2 = rows[2];
    int w3 = rows[3];
    int w4 = rows[4];
    int w5 = rows[5];
    for (int t = 0; t < taps.length; t++) {
      int from = taps[t] + at;
      FloatVector x0 = FloatVector.fromArray(SPECIES, planes, from);
      FloatVector x1 = FloatVector.fromArray(SPECIES, planes, from + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, planes, from + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, planes, from + 3 * LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, weights[w0 + t]);
      s00 = w.fma(x0, s00);
      s01 = w.fma(x1, s01);
      s02 = w.fma(x2, s02);
      s03 = w.fma(x3, s03);
      w = FloatVector.broadcast(SPECIES, weights[w1 + t]);
      s10 = w.fma(x0, s10);
      s11 = w.fma(x1, s11);
      s12 = w.fma(x2, s12);
      s13 = w.fma(x3, s13);
      w = FloatVector.broadcast(SPECIES, weights[w2 + t]);
      s20 = w.fma(x0, s20);
      s21 = w.fma(x1, s21);
      s22 = w.fma(x2, s22);
      s23 = w.fma(x3, s23);
      w = FloatVector.broadcast(SPECIES, weights[w3 + t]);
      s30 = w.fma(x0, s30);
      s31 = w.fma(x1, s31);
      s32 = w.fma(x2, s32);
      s33 = w.fma(x3, s33);
      w = FloatVector.broadcast(SPECIES, weights[w4 + t]);
      s40 = w.fma(x0, s40);
      s41 = w.fma(x1, s41);
      s42 = w.fma(x2, s42);
      s43 = w.fma(x3, s43);
      w = FloatVector.broadcast(SPECIES, weights[w5 + t]);
      s50 = w.fma(x0, s50);
      s51 = w.fma(x1, s51);
      s52 = w.fma(x2, s52);
      s53 = w.fma(x3, s53);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, LANES);
    s02.intoArray(sums, 2 * LANES);
    s03.intoArray(sums, 3 * LANES);
    s10.intoArray(sums, 4 * LANES);
    s11.intoArray(sums, 5 * LANES);
    s12.intoArray(sums, 6 * LANES);
    s13.intoArray(sums, 7 * LANES);
    s20.intoArray(sums, 8 * LANES);
    s21.intoArray(sums, 9 * LANES);
    s22.intoArray(sums, 10 * LANES);
    s23.intoArray(sums, 11 * LANES);
    s30.intoArray(sums, 12 * LANES);
    s31.intoArray(sums, 13 * LANES);
    s32.intoArray(sums, 14 * LANES);
    s33.intoArray(sums, 15 * LANES);
    s40.intoArray(sums, 16 * LANES);
    s41.intoArray(sums, 17 * LANES);
    s42.intoArray(sums, 18 * LANES);
    s43.intoArray(sums, 19 * LANES);
    s50.intoArray(sums, 20 * LANES);
    s51.intoArray(sums, 21 * LANES);
    s52.intoArray(sums, 22 * LANES);
    s53.intoArray(sums, 23 * LANES);
  }
}
