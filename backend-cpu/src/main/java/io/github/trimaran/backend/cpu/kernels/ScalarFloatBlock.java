package io.github.trimaran.backend.cpu.kernels;

import java.util.Arrays;

/**
 * Float32 products in plain Java.
 *
 * <p>The JIT turns a loop into SIMD instructions only if all arrays are indexed by the loop's
 * counter alone, so every row of the packed B and of C is a Java array of its own. Four rows of B
 * at once, so that a row of C is loaded and stored only every fourth time; more, or two rows of C,
 * and the JIT gives up.
 */
final class ScalarFloatBlock extends FloatBlock {

  /** As many rows of C as stay, with four of B, in the first-level cache. */
  private static final int ROWS_IN_CACHE = 8;

  private final float[][] b;
  private final float[][] c;

  ScalarFloatBlock(int maxColumns) {
    super(MAX_ROWS, maxColumns);
    this.b = new float[DEPTH][maxColumns];
    this.c = new float[MAX_ROWS][maxColumns];
  }

  @Override
  protected void begin(Block block) {
    for (int i = 0; i < block.rows(); i++) {
      Arrays.fill(c[i], 0, block.columns(), 0);
    }
    if (block.adds()) {
      loadC(block);
    }
  }

  @Override
  protected void packB(Block block, int k, int depth) {
    Offsets along = block.b().columns();
    int columns = block.columns();
    for (int j = 0; j < columns; ) {
      int run = Math.min(along.run(block.n0() + j), columns - j);
      if (run >= 4) {
        packRun(block.b(), k, depth, block.n0() + j, j, run);
      } else {
        run = Math.min(8, columns - j);
        packScattered(block.b(), k, depth, block.n0() + j, j, run);
      }
      j += run;
    }
  }

  private void packRun(Matrix source, int k, int depth, int n, int j, int run) {
    float[] data = (float[]) source.data();
    int[] rows = source.rows().table();
    int column = source.offset() + source.columns().at(n);
    for (int i = 0; i < depth; i++) {
      System.arraycopy(data, column + rows[k + i], b[i], j, run);
    }
  }

  private void packScattered(Matrix source, int k, int depth, int n, int j, int count) {
    float[] data = (float[]) source.data();
    int[] columns = source.columns().table();
    for (int i = 0; i < depth; i++) {
      float[] row = b[i];
      int start = source.offset() + source.rows().at(k + i);
      for (int l = 0; l < count; l++) {
        row[j + l] = data[start + columns[n + l]];
      }
    }
  }

  @Override
  protected void accumulate(
      float[] a, int[] rowAddress, Block block, int first, int count, int depth, boolean fresh) {
    for (int i = 0; i < block.rows(); i += ROWS_IN_CACHE) {
      int end = Math.min(i + ROWS_IN_CACHE, block.rows());
      accumulateRows(a, rowAddress, i, end, first, count, block.columns());
    }
  }

  private void accumulateRows(
      float[] a, int[] rowAddress, int from, int to, int first, int count, int columns) {
    int k = 0;
    for (; k + 3 < count; k += 4) {
      int row = first + k;
      for (int i = from; i < to; i++) {
        int at = rowAddress[i] + k;
        addFour(
            c[i],
            a[at],
            b[row],
            a[at + 1],
            b[row + 1],
            a[at + 2],
            b[row + 2],
            a[at + 3],
            b[row + 3],
            columns);
      }
    }
    for (; k < count; k++) {
      for (int i = from; i < to; i++) {
        addOne(c[i], a[rowAddress[i] + k], b[first + k], columns);
      }
    }
  }

  private static void addFour(
      float[] c,
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      int columns) {
    for (int j = 0; j < columns; j++) {
      c[j] += a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void addOne(float[] c, float a0, float[] b0, int columns) {
    for (int j = 0; j < columns; j++) {
      c[j] += a0 * b0[j];
    }
  }

  @Override
  protected float[] rowOfC(int i) {
    return c[i];
  }

  @Override
  protected int startOfC(int i) {
    return 0;
  }

  @Override
  protected boolean isInPlace() {
    return false;
  }
}
