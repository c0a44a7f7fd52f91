package io.github.trimaran.backend.cpu.product;

import io.github.trimaran.backend.cpu.kernels.BlockKernel;
import io.github.trimaran.backend.cpu.kernels.Kernels;
import io.github.trimaran.backend.cpu.kernels.Matrix;

/**
 * How a matrix product is cut into blocks.
 *
 * <p>The number of threads plays no part in it. How C is cut does not affect the results, but how
 * sums are cut does, so these cuts may depend on nothing but the shapes.
 *
 * @param rows of C in a block
 * @param columns of C in a block
 * @param depth of the sums in a block; if less than K, the blocks are partial sums that are added
 *     at the end
 */
record Plan(int rows, int columns, int depth) {

  /** Enough blocks for many threads to finish at nearly the same time. */
  private static final int WANTED_BLOCKS = 16;

  /** The work, in floating-point operations, below which a block is not cut. */
  private static final long SMALLEST_BLOCK = 1 << 20;

  private static final int SMALLEST_ROWS = 32;
  private static final int SHORTEST_SUM = 2 * BlockKernel.DEPTH;
  private static final long MOST_PARTIAL_SUMS = 1 << 24;

  /** A plan for {@code batch} products of matrices {@code [M, K]} and {@code [K, N]}. */
  static Plan of(int batch, Matrix a, Matrix b, Kernels kernels) {
    int m = a.height();
    int n = b.width();
    int k = a.width();
    boolean dots =
        n == 1
            || (n <= kernels.columnGroup() / 4
                && k >= kernels.shortestDot()
                && a.columns().isOneRun()
                && b.rows().isOneRun());
    int rows = evenly(m, BlockKernel.MAX_ROWS, kernels.rowGroup());
    int columns = evenly(n, kernels.maxColumns(), kernels.columnGroup());
    long work = 2L * batch * m * n * k;
    long wanted = Math.max(1, Math.min(WANTED_BLOCKS, work / SMALLEST_BLOCK));
    while (blocks(batch, m, n, rows, columns) < wanted && columns > 2 * kernels.columnGroup()) {
      columns = evenly(n, columns / 2, kernels.columnGroup());
    }
    // Nothing is packed for inner products, and they read whole rows best.
    while (dots && blocks(batch, m, n, rows, columns) < wanted && rows > SMALLEST_ROWS) {
      rows = evenly(m, rows / 2, kernels.rowGroup());
    }
    long missing = (wanted - 1) / blocks(batch, m, n, rows, columns) + 1;
    int cuts = (int) Math.min(missing, k / SHORTEST_SUM);
    int depth = cuts > 1 ? evenly(k, (k - 1) / cuts + 1, BlockKernel.DEPTH) : k;
    if (depth < k && (long) batch * m * n * ((k - 1) / depth + 1) > MOST_PARTIAL_SUMS) {
      depth = k;
    }
    int sums = k == 0 ? 1 : (k - 1) / depth + 1;
    while (sums * blocks(batch, m, n, rows, columns) < wanted && rows > SMALLEST_ROWS) {
      rows = evenly(m, rows / 2, kernels.rowGroup());
    }
    return new Plan(rows, columns, depth);
  }

  private static long blocks(int batch, int m, int n, int rows, int columns) {
    return (long) batch * ((m - 1) / rows + 1) * ((n - 1) / columns + 1);
  }

  /** A length of at most about {@code most} that divides {@code size} evenly, in whole groups. */
  private static int evenly(int size, int most, int group) {
    int parts = (size - 1) / most + 1;
    int part = (size - 1) / parts + 1;
    return Math.min(size, (part - 1) / group * group + group);
  }

  /**
   * Whether to compute {@code B^T A^T} into {@code C^T} instead, in units of moving one element
   * between consecutive addresses. Gathering scattered elements costs about four, and a
   * multiplication and addition about 1/16.
   */
  static boolean betterTransposed(Matrix a, Matrix b, Matrix c, Kernels kernels) {
    return cost(b.transposed(), a.transposed(), c.transposed(), kernels) < cost(a, b, c, kernels);
  }

  private static double cost(Matrix a, Matrix b, Matrix c, Kernels kernels) {
    double m = a.height();
    double n = b.width();
    double k = a.width();
    double packA = a.columns().runLength() >= 12 ? 0 : 4 * m * k;
    double packB = (b.columns().runLength() >= 8 ? 1 : 4) * n * k;
    double storeC = (c.columns().runLength() >= 8 ? 1 : 4) * m * n;
    double paddedM = Math.ceil(m / kernels.rowGroup()) * kernels.rowGroup();
    double paddedN = Math.ceil(n / kernels.columnGroup()) * kernels.columnGroup();
    return packA + packB + storeC + paddedM * paddedN * k / 16;
  }
}
