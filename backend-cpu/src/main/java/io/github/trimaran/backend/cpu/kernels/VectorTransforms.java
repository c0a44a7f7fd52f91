package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TileTransforms} with the Vector API. Each map is applied to the columns first, into memory
 * of this class, and then to the rows: an instance serves one task at a time.
 *
 * <p>Columns and rows take turns in one loop instead of calling one method twice: the JIT inlines
 * every vector operation, gives up where there are too many in a method, and then makes an object
 * of each vector.
 */
final class VectorTransforms implements TileTransforms {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final int SIDE = 3;

  private static final float A = 0.625f;
  private static final float B = 1.5f;
  private static final float A2 = A * A;
  private static final float B2 = B * B;
  private static final float A3 = A2 * A;
  private static final float B3 = B2 * B;
  private static final float PRODUCT = A2 * B2;
  private static final float SUM = A2 + B2;
  private static final float G0 = 1 / PRODUCT;
  private static final float GA = 1 / (2 * A2 * (A2 - B2));
  private static final float GB = 1 / (2 * B2 * (B2 - A2));

  private final float[] half = new float[POINTS * LANES];

  VectorTransforms() {}

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void pixels(float[] pixels, int from, int row, float[] v, int to, int point) {
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector minusA2 = FloatVector.broadcast(SPECIES, -A2);
    FloatVector minusB2 = FloatVector.broadcast(SPECIES, -B2);
    FloatVector product = FloatVector.broadcast(SPECIES, PRODUCT);
    FloatVector minusSum = FloatVector.broadcast(SPECIES, -SUM);
    float[] d = pixels;
    int start = from;
    int step = row;
    float[] target = half;
    int end = 0;
    int next = PIXELS * LANES;
    int nextLine = LANES;
    for (int line = 0; line < 2 * PIXELS; line++) {
      if (line == PIXELS) {
        d = half;
        start = 0;
        step = LANES;
        target = v;
        end = to;
        next = point;
        nextLine = PIXELS * point;
      }
      FloatVector d1 = FloatVector.fromArray(SPECIES, d, start + step);
      FloatVector d2 = FloatVector.fromArray(SPECIES, d, start + 2 * step);
      FloatVector d3 = FloatVector.fromArray(SPECIES, d, start + 3 * step);
      FloatVector d4 = FloatVector.fromArray(SPECIES, d, start + 4 * step);
      FloatVector d0 = FloatVector.fromArray(SPECIES, d, start);
      d0.fma(product, d2.fma(minusSum, d4)).intoArray(target, end);
      FloatVector even = d2.fma(minusB2, d4);
      FloatVector odd = d1.fma(minusB2, d3).mul(a);
      even.add(odd).intoArray(target, end + next);
      even.sub(odd).intoArray(target, end + 2 * next);
      even = d2.fma(minusA2, d4);
      odd = d1.fma(minusA2, d3).mul(b);
      even.add(odd).intoArray(target, end + 3 * next);
      even.sub(odd).intoArray(target, end + 4 * next);
      FloatVector d5 = FloatVector.fromArray(SPECIES, d, start + 5 * step);
      d1.fma(product, d3.fma(minusSum, d5)).intoArray(target, end + 5 * next);
      start += line < PIXELS ? LANES : PIXELS * LANES;
      end += nextLine;
    }
  }

  @Override
  public void window(float[] window, float[] u, int to, int point) {
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, B2);
    FloatVector forZero = FloatVector.broadcast(SPECIES, G0);
    FloatVector forA = FloatVector.broadcast(SPECIES, GA);
    FloatVector forB = FloatVector.broadcast(SPECIES, GB);
    float[] g = window;
    int start = 0;
    int step = SIDE * LANES;
    float[] target = half;
    int end = 0;
    int next = SIDE * LANES;
    int nextLine = LANES;
    for (int line = 0; line < SIDE + PIXELS; line++) {
      if (line == SIDE) {
        g = half;
        start = 0;
        step = LANES;
        target = u;
        end = to;
        next = point;
        nextLine = PIXELS * point;
      }
      FloatVector g0 = FloatVector.fromArray(SPECIES, g, start);
      FloatVector g1 = FloatVector.fromArray(SPECIES, g, start + step);
      FloatVector g2 = FloatVector.fromArray(SPECIES, g, start + 2 * step);
      g0.mul(forZero).intoArray(target, end);
      FloatVector even = g2.fma(a2, g0);
      FloatVector odd = g1.mul(a);
      even.add(odd).mul(forA).intoArray(target, end + next);
      even.sub(odd).mul(forA).intoArray(target, end + 2 * next);
      even = g2.fma(b2, g0);
      odd = g1.mul(b);
      even.add(odd).mul(forB).intoArray(target, end + 3 * next);
      even.sub(odd).mul(forB).intoArray(target, end + 4 * next);
      g2.intoArray(target, end + 5 * next);
      start += line < SIDE ? LANES : SIDE * LANES;
      end += nextLine;
    }
  }

  @Override
  public void results(float[] m, int from, int point, float[] results, int to, int row) {
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, B2);
    FloatVector a3 = FloatVector.broadcast(SPECIES, A3);
    FloatVector b3 = FloatVector.broadcast(SPECIES, B3);
    float[] source = m;
    int start = from;
    int step = PIXELS * point;
    int nextStart = point;
    float[] target = half;
    int end = 0;
    int next = PIXELS * LANES;
    int nextLine = LANES;
    for (int line = 0; line < PIXELS + OUTPUTS; line++) {
      if (line == PIXELS) {
        source = half;
        start = 0;
        step = LANES;
        nextStart = PIXELS * LANES;
        target = results;
        end = to;
        next = LANES;
        nextLine = row;
      }
      FloatVector m1 = FloatVector.fromArray(SPECIES, source, start + step);
      FloatVector m2 = FloatVector.fromArray(SPECIES, source, start + 2 * step);
      FloatVector m3 = FloatVector.fromArray(SPECIES, source, start + 3 * step);
      FloatVector m4 = FloatVector.fromArray(SPECIES, source, start + 4 * step);
      FloatVector sumA = m1.add(m2);
      FloatVector sumB = m3.add(m4);
      FloatVector m0 = FloatVector.fromArray(SPECIES, source, start);
      m0.add(sumA).add(sumB).intoArray(target, end);
      sumA.fma(a2, sumB.mul(b2)).intoArray(target, end + 2 * next);
      FloatVector lessA = m1.sub(m2);
      FloatVector lessB = m3.sub(m4);
      lessA.fma(a, lessB.mul(b)).intoArray(target, end + next);
      FloatVector m5 = FloatVector.fromArray(SPECIES, source, start + 5 * step);
      lessA.fma(a3, lessB.fma(b3, m5)).intoArray(target, end + 3 * next);
      start += nextStart;
      end += nextLine;
    }
  }

  @Override
  public void resultGrads(float[] results, int from, int row, float[] w, int to, int point) {
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, B2);
    FloatVector a3 = FloatVector.broadcast(SPECIES, A3);
    FloatVector b3 = FloatVector.broadcast(SPECIES, B3);
    float[] source = results;
    int start = from;
    int step = row;
    float[] target = half;
    int end = 0;
    int next = OUTPUTS * LANES;
    int nextLine = LANES;
    for (int line = 0; line < OUTPUTS + PIXELS; line++) {
      if (line == OUTPUTS) {
        source = half;
        start = 0;
        step = LANES;
        target = w;
        end = to;
        next = point;
        nextLine = PIXELS * point;
      }
      FloatVector y0 = FloatVector.fromArray(SPECIES, source, start);
      FloatVector y1 = FloatVector.fromArray(SPECIES, source, start + step);
      FloatVector y2 = FloatVector.fromArray(SPECIES, source, start + 2 * step);
      FloatVector y3 = FloatVector.fromArray(SPECIES, source, start + 3 * step);
      y0.intoArray(target, end);
      FloatVector even = y2.fma(a2, y0);
      FloatVector odd = y1.fma(a, y3.mul(a3));
      even.add(odd).intoArray(target, end + next);
      even.sub(odd).intoArray(target, end + 2 * next);
      even = y2.fma(b2, y0);
      odd = y1.fma(b, y3.mul(b3));
      even.add(odd).intoArray(target, end + 3 * next);
      even.sub(odd).intoArray(target, end + 4 * next);
      y3.intoArray(target, end + 5 * next);
      start += line < OUTPUTS ? LANES : OUTPUTS * LANES;
      end += nextLine;
    }
  }

  @Override
  public void windowGrads(float[] m, int from, int point, float[] window) {
    FloatVector forZero = FloatVector.broadcast(SPECIES, G0);
    FloatVector forA = FloatVector.broadcast(SPECIES, GA);
    FloatVector forB = FloatVector.broadcast(SPECIES, GB);
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, B2);
    float[] source = m;
    int start = from;
    int step = PIXELS * point;
    int nextStart = point;
    float[] target = half;
    int end = 0;
    int next = PIXELS * LANES;
    int nextLine = LANES;
    for (int line = 0; line < PIXELS + SIDE; line++) {
      if (line == PIXELS) {
        source = half;
        start = 0;
        step = LANES;
        nextStart = PIXELS * LANES;
        target = window;
        end = 0;
        next = LANES;
        nextLine = SIDE * LANES;
      }
      FloatVector m1 = FloatVector.fromArray(SPECIES, source, start + step);
      FloatVector m2 = FloatVector.fromArray(SPECIES, source, start + 2 * step);
      FloatVector m3 = FloatVector.fromArray(SPECIES, source, start + 3 * step);
      FloatVector m4 = FloatVector.fromArray(SPECIES, source, start + 4 * step);
      FloatVector sumA = m1.add(m2).mul(forA);
      FloatVector sumB = m3.add(m4).mul(forB);
      FloatVector m0 = FloatVector.fromArray(SPECIES, source, start);
      m0.fma(forZero, sumA.add(sumB)).intoArray(target, end);
      FloatVector lessA = m1.sub(m2).mul(forA);
      FloatVector lessB = m3.sub(m4).mul(forB);
      lessA.fma(a, lessB.mul(b)).intoArray(target, end + next);
      FloatVector m5 = FloatVector.fromArray(SPECIES, source, start + 5 * step);
      sumA.fma(a2, sumB.fma(b2, m5)).intoArray(target, end + 2 * next);
      start += nextStart;
      end += nextLine;
    }
  }
}
