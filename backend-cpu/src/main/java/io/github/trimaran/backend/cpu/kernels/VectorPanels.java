package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * B as the float32 kernel reads it: gathered through its tables into panels two SIMD registers
 * wide, each panel's rows one after the other. How a row of a panel is gathered depends on how far
 * apart the columns lie: side by side, in runs, every other one, or anywhere.
 */
final class VectorPanels {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Columns of a panel. */
  static final int PANEL = 2 * LANES;

  /** Rows of equal steps below which it does not pay to move registers. */
  private static final int SHORTEST_SHARED = 4;

  /** Every other lane, twice over: of the left register for the left half of the result. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, i -> (2 * i) % LANES);

  private static final VectorMask<Float> RIGHT_HALF =
      VectorMask.fromLong(SPECIES, -1L << (LANES / 2));

  private final float[] memory;
  private final int[] pieceFrom = new int[PANEL];
  private final int[] pieceTo = new int[PANEL];

  /** With room for that many elements. */
  VectorPanels(int size) {
    // The last piece of the last row may be moved with up to a register too much.
    memory = new float[size + LANES];
  }

  /** The panels, one after the other. */
  float[] memory() {
    return memory;
  }

  /** Gathers rows {@code k .. k + depth - 1} of the block's columns of B. */
  void pack(Block block, int k, int depth) {
    Matrix b = block.b();
    int columns = block.columns();
    int highest = highestRow(b, k, depth);
    for (int j = 0; j < columns; j += PANEL) {
      int width = Math.min(PANEL, columns - j);
      int start = j * depth;
      int n = block.n0() + j;
      if (b.columns().run(n) >= PANEL) {
        packPanel(b, k, depth, n, start);
      } else if (b.columns().runLength() == 1) {
        if (!packEveryOther(b, k, depth, highest, n, width, start)) {
          packColumns(b, k, depth, n, width, start);
        }
      } else if (!packPieces(b, k, depth, highest, n, width, start)) {
        packRuns(b, k, depth, n, width, start);
      }
    }
  }

  private void packPanel(Matrix b, int k, int depth, int n, int start) {
    float[] data = (float[]) b.data();
    int[] rows = b.rows().table();
    int column = b.offset() + b.columns().at(n);
    for (int i = 0; i < depth; i++) {
      int from = column + rows[k + i];
      int to = start + i * PANEL;
      FloatVector.fromArray(SPECIES, data, from).intoArray(memory, to);
      FloatVector.fromArray(SPECIES, data, from + LANES).intoArray(memory, to + LANES);
    }
  }

  private static int highestRow(Matrix b, int k, int depth) {
    int[] rows = b.rows().table();
    int highest = rows[k];
    for (int i = 1; i < depth; i++) {
      highest = Math.max(highest, rows[k + i]);
    }
    return highest;
  }

  /**
   * Runs of columns, in pieces of at most a register. A whole register is moved for each, whatever
   * its length: what is too much is overwritten by the next piece, and at the end of the last row
   * never read. That is several times as fast as copying runs of a few elements exactly. False
   * where it would read past the end of B's memory.
   */
  private boolean packPieces(Matrix b, int k, int depth, int highest, int n, int width, int start) {
    float[] data = (float[]) b.data();
    int pieces = 0;
    for (int j = 0; j < width; pieces++) {
      int from = b.offset() + b.columns().at(n + j);
      if (from + highest > data.length - LANES) {
        return false;
      }
      pieceFrom[pieces] = from;
      pieceTo[pieces] = start + j;
      j += Math.min(Math.min(b.columns().run(n + j), width - j), LANES);
    }
    int[] rows = b.rows().table();
    for (int i = 0; i < depth; i++) {
      int row = rows[k + i];
      int to = i * PANEL;
      for (int piece = 0; piece < pieces; piece++) {
        FloatVector.fromArray(SPECIES, data, pieceFrom[piece] + row)
            .intoArray(memory, pieceTo[piece] + to);
      }
    }
    return true;
  }

  /**
   * Columns two apart, as under a window that moves by two: like {@link #packPieces}, but of two
   * registers every other element is kept. False where columns are not so, or where it would read
   * past the end of B's memory.
   */
  private boolean packEveryOther(
      Matrix b, int k, int depth, int highest, int n, int width, int start) {
    Offsets columns = b.columns();
    if (columns.step() != 2 || columns.stepLength() < SHORTEST_SHARED) {
      return false;
    }
    float[] data = (float[]) b.data();
    int pieces = 0;
    for (int j = 0; j < width; pieces++) {
      int from = b.offset() + columns.at(n + j);
      if (from + highest > data.length - PANEL) {
        return false;
      }
      pieceFrom[pieces] = from;
      pieceTo[pieces] = start + j;
      j += Math.min(Math.min(columns.steps(n + j), width - j), LANES);
    }
    int[] rows = b.rows().table();
    for (int i = 0; i < depth; i++) {
      int row = rows[k + i];
      int to = i * PANEL;
      for (int piece = 0; piece < pieces; piece++) {
        int from = pieceFrom[piece] + row;
        FloatVector left = FloatVector.fromArray(SPECIES, data, from).rearrange(EVEN);
        FloatVector right = FloatVector.fromArray(SPECIES, data, from + LANES).rearrange(EVEN);
        left.blend(right, RIGHT_HALF).intoArray(memory, pieceTo[piece] + to);
      }
    }
    return true;
  }

  private void packRuns(Matrix b, int k, int depth, int n, int width, int start) {
    float[] data = (float[]) b.data();
    int[] rows = b.rows().table();
    for (int j = 0; j < width; ) {
      int run = Math.min(b.columns().run(n + j), width - j);
      int column = b.offset() + b.columns().at(n + j);
      for (int i = 0; i < depth; i++) {
        System.arraycopy(data, column + rows[k + i], memory, start + i * PANEL + j, run);
      }
      j += run;
    }
  }

  /**
   * Columns that do not lie side by side. If B is transposed, each of them lies in one piece: a few
   * rows at a time use what a cache line brings along, both where they are read and where they are
   * written.
   */
  private void packColumns(Matrix b, int k, int depth, int n, int width, int start) {
    float[] data = (float[]) b.data();
    int[] rows = b.rows().table();
    int[] columns = b.columns().table();
    for (int top = 0; top < depth; top += 16) {
      int bottom = Math.min(top + 16, depth);
      for (int j = 0; j < width; j++) {
        int column = b.offset() + columns[n + j];
        for (int i = top; i < bottom; i++) {
          memory[start + i * PANEL + j] = data[column + rows[k + i]];
        }
      }
    }
  }
}
