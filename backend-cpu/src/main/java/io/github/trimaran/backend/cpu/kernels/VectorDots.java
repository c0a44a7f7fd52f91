package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Inner products of rows and columns that lie in one piece each, with the Vector API. */
final class VectorDots {

  /** Rows, and columns, whose products are summed up side by side. */
  private static final int SIDE = 4;

  /** Terms of a piece: those of eight columns and four rows stay in the first-level cache. */
  private static final int PIECE = 512;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final float[] lanes = new float[LANES];
  private final int[] from = new int[SIDE];
  private float[] sums = {};
  private float[] piece = {};

  /**
   * All of a block: the rows of A, by four, with the columns of B, by four.
   *
   * <p>Pieces of B are copied, so that they lie close together: columns that are a power of two
   * apart compete for the same few places of a cache.
   *
   * @param c where to store them
   * @param rowStart where each row of C begins
   */
  void multiply(Block block, float[] c, int[] rowStart) {
    int depth = block.k1() - block.k0();
    int columns = block.columns();
    int groups = (columns - 1) / SIDE + 1;
    int rowsOfTiles = (block.rows() - 1) / SIDE + 1;
    int tile = SIDE * SIDE * LANES;
    if (sums.length < rowsOfTiles * groups * tile) {
      sums = new float[rowsOfTiles * groups * tile];
    }
    if (piece.length < groups * SIDE * PIECE) {
      piece = new float[groups * SIDE * PIECE];
    }
    float[] a = (float[]) block.a().data();
    for (int k = 0; k < depth; k += PIECE) {
      int count = Math.min(PIECE, depth - k);
      copy(block, k, count);
      for (int i = 0; i < rowsOfTiles; i++) {
        // Past the last row, the last one again: its result is not stored.
        for (int r = 0; r < SIDE; r++) {
          int row = Math.min(i * SIDE + r, block.rows() - 1);
          from[r] = block.a().address(block.m0() + row, block.k0()) + k;
        }
        for (int j = 0; j < groups; j++) {
          int at = (i * groups + j) * tile;
          sixteen(count / LANES, a, from, piece, j * SIDE * PIECE, sums, at, k == 0);
        }
      }
    }
    for (int i = 0; i < block.rows(); i++) {
      for (int j = 0; j < columns; j++) {
        int register = (i / SIDE * groups + j / SIDE) * SIDE * SIDE + i % SIDE * SIDE + j % SIDE;
        c[rowStart[i] + j] = sumOfLanes(sums, register * LANES) + rest(block, i, j);
      }
    }
  }

  private void copy(Block block, int k, int count) {
    float[] b = (float[]) block.b().data();
    for (int j = 0; j < block.columns(); j++) {
      int column = block.b().address(block.k0(), block.n0() + j) + k;
      System.arraycopy(b, column, piece, j * PIECE, count);
    }
  }

  /** The terms that do not fill a register. */
  private static float rest(Block block, int i, int j) {
    float[] a = (float[]) block.a().data();
    float[] b = (float[]) block.b().data();
    int row = block.a().address(block.m0() + i, block.k0());
    int column = block.b().address(block.k0(), block.n0() + j);
    int depth = block.k1() - block.k0();
    float sum = 0;
    for (int k = depth / LANES * LANES; k < depth; k++) {
      sum += a[row + k] * b[column + k];
    }
    return sum;
  }

  /** Adds to sixteen registers of sums. */
  private static void sixteen(
      int registers,
      float[] a,
      int[] rows,
      float[] b,
      int column,
      float[] sums,
      int at,
      boolean fresh) {
    FloatVector s00 = begin(sums, at, fresh);
    FloatVector s01 = begin(sums, at + LANES, fresh);
    FloatVector s02 = begin(sums, at + 2 * LANES, fresh);
    FloatVector s03 = begin(sums, at + 3 * LANES, fresh);
    FloatVector s10 = begin(sums, at + 4 * LANES, fresh);
    FloatVector s11 = begin(sums, at + 5 * LANES, fresh);
    FloatVector s12 = begin(sums, at + 6 * LANES, fresh);
    FloatVector s13 = begin(sums, at + 7 * LANES, fresh);
    FloatVector s20 = begin(sums, at + 8 * LANES, fresh);
    FloatVector s21 = begin(sums, at + 9 * LANES, fresh);
    FloatVector s22 = begin(sums, at + 10 * LANES, fresh);
    FloatVector s23 = begin(sums, at + 11 * LANES, fresh);
    FloatVector s30 = begin(sums, at + 12 * LANES, fresh);
    FloatVector s31 = begin(sums, at + 13 * LANES, fresh);
    FloatVector s32 = begin(sums, at + 14 * LANES, fresh);
    FloatVector s33 = begin(sums, at + 15 * LANES, fresh);
    int a0 = rows[0];
    int a1 = rows[1];
    int a2 = rows[2];
    int a3 = rows[3];
    int end = registers * LANES;
    for (int k = 0; k < end; k += LANES) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, b, column + k);
      FloatVector y1 = FloatVector.fromArray(SPECIES, b, column + PIECE + k);
      FloatVector y2 = FloatVector.fromArray(SPECIES, b, column + 2 * PIECE + k);
      FloatVector y3 = FloatVector.fromArray(SPECIES, b, column + 3 * PIECE + k);
      FloatVector x = FloatVector.fromArray(SPECIES, a, a0 + k);
      s00 = x.fma(y0, s00);
      s01 = x.fma(y1, s01);
      s02 = x.fma(y2, s02);
      s03 = x.fma(y3, s03);
      x = FloatVector.fromArray(SPECIES, a, a1 + k);
      s10 = x.fma(y0, s10);
      s11 = x.fma(y1, s11);
      s12 = x.fma(y2, s12);
      s13 = x.fma(y3, s13);
      x = FloatVector.fromArray(SPECIES, a, a2 + k);
      s20 = x.fma(y0, s20);
      s21 = x.fma(y1, s21);
      s22 = x.fma(y2, s22);
      s23 = x.fma(y3, s23);
      x = FloatVector.fromArray(SPECIES, a, a3 + k);
      s30 = x.fma(y0, s30);
      s31 = x.fma(y1, s31);
      s32 = x.fma(y2, s32);
      s33 = x.fma(y3, s33);
    }
    s00.intoArray(sums, at);
    s01.intoArray(sums, at + LANES);
    s02.intoArray(sums, at + 2 * LANES);
    s03.intoArray(sums, at + 3 * LANES);
    s10.intoArray(sums, at + 4 * LANES);
    s11.intoArray(sums, at + 5 * LANES);
    s12.intoArray(sums, at + 6 * LANES);
    s13.intoArray(sums, at + 7 * LANES);
    s20.intoArray(sums, at + 8 * LANES);
    s21.intoArray(sums, at + 9 * LANES);
    s22.intoArray(sums, at + 10 * LANES);
    s23.intoArray(sums, at + 11 * LANES);
    s30.intoArray(sums, at + 12 * LANES);
    s31.intoArray(sums, at + 13 * LANES);
    s32.intoArray(sums, at + 14 * LANES);
    s33.intoArray(sums, at + 15 * LANES);
  }

  private static FloatVector begin(float[] sums, int at, boolean fresh) {
    return fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, sums, at);
  }

  /** Four of them: of the rows of A that begin here, stored in C there. */
  void four(
      int count,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      float[] column,
      float[] c,
      int at0,
      int at1,
      int at2,
      int at3) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    int k = 0;
    for (; k <= count - LANES; k += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, column, k);
      sum0 = FloatVector.fromArray(SPECIES, a, a0 + k).fma(x, sum0);
      sum1 = FloatVector.fromArray(SPECIES, a, a1 + k).fma(x, sum1);
      sum2 = FloatVector.fromArray(SPECIES, a, a2 + k).fma(x, sum2);
      sum3 = FloatVector.fromArray(SPECIES, a, a3 + k).fma(x, sum3);
    }
    float dot0 = sumOfLanes(sum0);
    float dot1 = sumOfLanes(sum1);
    float dot2 = sumOfLanes(sum2);
    float dot3 = sumOfLanes(sum3);
    for (; k < count; k++) {
      dot0 += a[a0 + k] * column[k];
      dot1 += a[a1 + k] * column[k];
      dot2 += a[a2 + k] * column[k];
      dot3 += a[a3 + k] * column[k];
    }
    c[at0] = dot0;
    c[at1] = dot1;
    c[at2] = dot2;
    c[at3] = dot3;
  }

  /**
   * The sum of a register, always added up in the same order: halves upon halves. {@code
   * reduceLanes} is free to choose its order, and on JDK 25 chooses another one once the method is
   * compiled, so that a program's numbers would change while it runs.
   */
  private float sumOfLanes(FloatVector sum) {
    sum.intoArray(lanes, 0);
    return sumOfLanes(lanes, 0);
  }

  private static float sumOfLanes(float[] registers, int at) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = at; i < at + half; i++) {
        registers[i] += registers[i + half];
      }
    }
    return registers[at];
  }
}
