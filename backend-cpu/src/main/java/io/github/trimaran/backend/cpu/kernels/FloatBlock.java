package io.github.trimaran.backend.cpu.kernels;

import java.util.Arrays;
import java.util.List;

/**
 * The frame of a float32 block product: gather B through its tables into packed memory, let the
 * kernel accumulate rows of A times that into rows of C, and scatter these through C's tables.
 *
 * <p>The kernel reads a row of A at successive addresses. Where A's columns come in runs, as in a
 * plain matrix or along an image row under a convolution, it reads A where it lies, run by run;
 * otherwise A is packed too.
 */
abstract class FloatBlock implements BlockKernel {

  private static final int SHORTEST_DIRECT_RUN = 12;

  private final int maxColumns;
  private final int[] rowAddress;
  private float[] packedA = {};
  private float[] sum = {};

  /** With room for that many rows of A and columns of C. */
  protected FloatBlock(int rows, int maxColumns) {
    this.maxColumns = maxColumns;
    this.rowAddress = new int[rows];
  }

  /** Prepares the rows of C for a new block; with what is there if the block adds to it. */
  protected abstract void begin(Block block);

  /** Gathers rows {@code k .. k + depth - 1} of the block's columns of B. */
  protected abstract void packB(Block block, int k, int depth);

  /**
   * Adds to row i of C the sum over {@code 0 <= k < count} of {@code a[rowAddress[i] + k]} times
   * row {@code first + k} of the packed B of that depth.
   *
   * @param fresh whether these are the first products, and C still holds anything
   */
  protected abstract void accumulate(
      float[] a, int[] rowAddress, Block block, int first, int count, int depth, boolean fresh);

  /**
   * Computes a block as inner products of rows of A with columns of B: there is nothing to pack.
   * False where this kernel knows a better way, or none for operands that lie so.
   */
  protected boolean multiplyDots(Block block) {
    return false;
  }

  /** Where row i of C is: a Java array. */
  protected abstract float[] rowOfC(int i);

  /** And where it starts there. */
  protected abstract int startOfC(int i);

  /** Whether the rows of C are those of the matrix to be stored in. */
  protected abstract boolean isInPlace();

  @Override
  public final void multiply(Block block) {
    begin(block);
    if (!block.adds() && multiplyDots(block)) {
      finish(block, false);
      return;
    }
    boolean fresh = !block.adds();
    for (int k = block.k0(); k < block.k1(); k += DEPTH) {
      int depth = Math.min(DEPTH, block.k1() - k);
      packB(block, k, depth);
      Offsets along = block.a().columns();
      if (along.run(k) >= depth || along.runLength() >= SHORTEST_DIRECT_RUN) {
        for (int first = 0; first < depth; ) {
          int count = Math.min(along.run(k + first), depth - first);
          addressRows(block, along.at(k + first));
          accumulate((float[]) block.a().data(), rowAddress, block, first, count, depth, fresh);
          first += count;
          fresh = false;
        }
      } else {
        packA(block, k, depth);
        accumulate(packedA, rowAddress, block, 0, depth, depth, fresh);
        fresh = false;
      }
    }
    finish(block, fresh);
  }

  private void finish(Block block, boolean empty) {
    int columns = block.columns();
    for (int i = 0; i < block.rows(); i++) {
      float[] row = rowOfC(i);
      int start = startOfC(i);
      if (empty) {
        Arrays.fill(row, start, start + columns, 0);
      }
      int m = block.m0() + i;
      apply(block.epilogue(), row, start, block.biasStart(), m, block.n0(), columns);
    }
    if (!isInPlace()) {
      store(block);
    }
  }

  @Override
  public final void add(
      List<Matrix> parts, Matrix target, Epilogue epilogue, int biasStart, int m0, int m1) {
    int width = target.width();
    if (sum.length == 0) {
      sum = new float[maxColumns];
    }
    for (int m = m0; m < m1; m++) {
      for (int n = 0; n < width; n += maxColumns) {
        int columns = Math.min(maxColumns, width - n);
        Arrays.fill(sum, 0, columns, 0);
        for (Matrix part : parts) {
          float[] data = (float[]) part.data();
          int start = part.address(m, n);
          for (int j = 0; j < columns; j++) {
            sum[j] += data[start + j];
          }
        }
        apply(epilogue, sum, 0, biasStart, m, n, columns);
        scatter(sum, 0, target, m, n, columns);
      }
    }
  }

  private void addressRows(Block block, int column) {
    int start = block.a().offset() + column;
    int rows = block.rows();
    for (int i = 0; i < rows; i++) {
      rowAddress[i] = start + block.a().rows().at(block.m0() + i);
    }
    repeatLastRow(rows);
  }

  /** Rows that only fill up a tile repeat the last one; their results are not stored. */
  private void repeatLastRow(int rows) {
    for (int i = rows; i < rows + 7 && i < rowAddress.length; i++) {
      rowAddress[i] = rowAddress[rows - 1];
    }
  }

  private void packA(Block block, int k, int depth) {
    int rows = block.rows();
    if (packedA.length < rows * depth) {
      packedA = new float[MAX_ROWS * DEPTH];
    }
    float[] data = (float[]) block.a().data();
    int[] columns = block.a().columns().table();
    for (int i = 0; i < rows; i++) {
      int start = block.a().offset() + block.a().rows().at(block.m0() + i);
      for (int j = 0; j < depth; j++) {
        packedA[i * depth + j] = data[start + columns[k + j]];
      }
      rowAddress[i] = i * depth;
    }
    repeatLastRow(rows);
  }

  private static void apply(
      Epilogue epilogue, float[] row, int start, int biasStart, int m, int n, int columns) {
    float[] bias = (float[]) epilogue.bias();
    if (bias == null && !epilogue.relu()) {
      return;
    }
    if (bias == null || epilogue.perRow()) {
      float b = bias == null ? 0 : bias[biasStart + m];
      if (epilogue.relu()) {
        addAndRectify(row, start, columns, b);
      } else {
        for (int j = start; j < start + columns; j++) {
          row[j] += b;
        }
      }
      return;
    }
    for (int j = 0; j < columns; j++) {
      row[start + j] += bias[biasStart + n + j];
    }
    if (epilogue.relu()) {
      addAndRectify(row, start, columns, 0);
    }
  }

  private static void addAndRectify(float[] row, int start, int columns, float b) {
    for (int j = start; j < start + columns; j++) {
      row[j] = Math.max(row[j] + b, 0);
    }
  }

  private void store(Block block) {
    Matrix target = block.c();
    if (target.columns().runLength() > 1 || target.rows().runLength() == 1) {
      for (int i = 0; i < block.rows(); i++) {
        scatter(rowOfC(i), startOfC(i), target, block.m0() + i, block.n0(), block.columns());
      }
      return;
    }
    // The rows of the target are its runs: this is a transposed C.
    float[] data = (float[]) target.data();
    for (int j = 0; j < block.columns(); j++) {
      int start = target.offset() + target.columns().at(block.n0() + j);
      for (int i = 0; i < block.rows(); i++) {
        data[start + target.rows().at(block.m0() + i)] = rowOfC(i)[startOfC(i) + j];
      }
    }
  }

  /** Rows of C as they are, for a block that adds to them. */
  protected final void loadC(Block block) {
    Matrix target = block.c();
    float[] data = (float[]) target.data();
    for (int i = 0; i < block.rows(); i++) {
      int base = target.offset() + target.rows().at(block.m0() + i);
      for (int j = 0; j < block.columns(); j++) {
        rowOfC(i)[startOfC(i) + j] = data[base + target.columns().at(block.n0() + j)];
      }
    }
  }

  private static void scatter(float[] row, int start, Matrix target, int m, int n, int columns) {
    float[] data = (float[]) target.data();
    int base = target.offset() + target.rows().at(m);
    for (int j = 0; j < columns; ) {
      int run = Math.min(target.columns().run(n + j), columns - j);
      System.arraycopy(row, start + j, data, base + target.columns().at(n + j), run);
      j += run;
    }
  }
}
