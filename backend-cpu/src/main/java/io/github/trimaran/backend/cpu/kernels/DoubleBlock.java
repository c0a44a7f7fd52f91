package io.github.trimaran.backend.cpu.kernels;

import java.util.Arrays;
import java.util.List;

/**
 * Float64 products in plain Java, the simplest form of a block product: rows of B are gathered
 * through its tables, and row by row of C the products of four elements of A with four rows of B
 * are added up.
 */
final class DoubleBlock implements BlockKernel {

  private final double[][] b;
  private final double[][] c;

  DoubleBlock(int maxColumns) {
    this.b = new double[DEPTH][maxColumns];
    this.c = new double[MAX_ROWS][maxColumns];
  }

  @Override
  public void multiply(Block block) {
    int columns = block.columns();
    for (int i = 0; i < block.rows(); i++) {
      Arrays.fill(c[i], 0);
      if (block.adds()) {
        load(c[i], block.c(), block.m0() + i, block.n0(), columns);
      }
    }
    for (int k = block.k0(); k < block.k1(); k += DEPTH) {
      int depth = Math.min(DEPTH, block.k1() - k);
      pack(block.b(), k, depth, block.n0(), columns);
      for (int i = 0; i < block.rows(); i++) {
        accumulate(c[i], block.a(), block.m0() + i, k, depth, columns);
      }
    }
    for (int i = 0; i < block.rows(); i++) {
      int m = block.m0() + i;
      finish(c[i], block.epilogue(), block.biasStart(), m, block.n0(), columns);
      store(c[i], block.c(), m, block.n0(), columns);
    }
  }

  @Override
  public void add(
      List<Matrix> parts, Matrix target, Epilogue epilogue, int biasStart, int m0, int m1) {
    int step = c[0].length;
    for (int m = m0; m < m1; m++) {
      for (int n = 0; n < target.width(); n += step) {
        int columns = Math.min(step, target.width() - n);
        double[] sum = c[0];
        Arrays.fill(sum, 0);
        for (Matrix part : parts) {
          double[] data = (double[]) part.data();
          int start = part.address(m, n);
          for (int j = 0; j < columns; j++) {
            sum[j] += data[start + j];
          }
        }
        finish(sum, epilogue, biasStart, m, n, columns);
        store(sum, target, m, n, columns);
      }
    }
  }

  private void pack(Matrix source, int k, int depth, int n, int columns) {
    double[] data = (double[]) source.data();
    for (int j = 0; j < columns; ) {
      int run = Math.min(source.columns().run(n + j), columns - j);
      int column = source.offset() + source.columns().at(n + j);
      for (int i = 0; i < depth; i++) {
        System.arraycopy(data, column + source.rows().at(k + i), b[i], j, run);
      }
      j += run;
    }
  }

  private void accumulate(double[] row, Matrix a, int m, int k, int depth, int columns) {
    double[] data = (double[]) a.data();
    int start = a.offset() + a.rows().at(m);
    Offsets along = a.columns();
    int i = 0;
    for (; i + 3 < depth; i += 4) {
      addFour(
          row,
          data[start + along.at(k + i)],
          b[i],
          data[start + along.at(k + i + 1)],
          b[i + 1],
          data[start + along.at(k + i + 2)],
          b[i + 2],
          data[start + along.at(k + i + 3)],
          b[i + 3],
          columns);
    }
    for (; i < depth; i++) {
      addOne(row, data[start + along.at(k + i)], b[i], columns);
    }
  }

  private static void addFour(
      double[] c,
      double a0,
      double[] b0,
      double a1,
      double[] b1,
      double a2,
      double[] b2,
      double a3,
      double[] b3,
      int columns) {
    for (int j = 0; j < columns; j++) {
      c[j] += a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void addOne(double[] c, double a0, double[] b0, int columns) {
    for (int j = 0; j < columns; j++) {
      c[j] += a0 * b0[j];
    }
  }

  private static void finish(
      double[] row, Epilogue epilogue, int biasStart, int m, int n, int columns) {
    double[] bias = (double[]) epilogue.bias();
    for (int j = 0; j < columns && bias != null; j++) {
      row[j] += bias[biasStart + (epilogue.perRow() ? m : n + j)];
    }
    for (int j = 0; j < columns && epilogue.relu(); j++) {
      row[j] = Math.max(row[j], 0);
    }
  }

  private static void load(double[] row, Matrix target, int m, int n, int columns) {
    double[] data = (double[]) target.data();
    int start = target.offset() + target.rows().at(m);
    for (int j = 0; j < columns; j++) {
      row[j] = data[start + target.columns().at(n + j)];
    }
  }

  private static void store(double[] row, Matrix target, int m, int n, int columns) {
    double[] data = (double[]) target.data();
    int start = target.offset() + target.rows().at(m);
    for (int j = 0; j < columns; j++) {
      data[start + target.columns().at(n + j)] = row[j];
    }
  }
}
