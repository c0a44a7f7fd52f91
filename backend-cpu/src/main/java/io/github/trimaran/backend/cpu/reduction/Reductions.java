package io.github.trimaran.backend.cpu.reduction;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Layout;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Reals;
import io.github.trimaran.backend.cpu.memory.Rows;
import io.github.trimaran.backend.cpu.memory.Workers;
import java.util.Arrays;

/**
 * Sums and maxima over axes.
 *
 * <p>An array is seen as a matrix: an output for each index of the kept axes, and the elements of
 * the reduced axes to go into it. Float sums are accumulated in double precision, so that the error
 * of a float32 sum does not grow with its length. Long sums are cut into pieces of a fixed length
 * whose results are then added in order: the same numbers for any number of threads.
 */
public final class Reductions {

  private static final int PIECE = 1 << 16;
  private static final int COLUMNS = 512;

  private final Memory memory;
  private final Workers workers;

  /** With these parts of the backend. */
  public Reductions(Memory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** The sum over axes, which the result lacks. */
  public CpuArray sum(CpuArray a, int... axes) {
    return a.dtype() == DType.INT64
        ? reduceLongs(a, LongReduction.SUM, axes)
        : reduceReals(a, RealReduction.SUM, axes);
  }

  /** The maximum over axes, which the result lacks; NaN if there is one. */
  public CpuArray max(CpuArray a, int... axes) {
    return a.dtype() == DType.INT64
        ? reduceLongs(a, LongReduction.MAX, axes)
        : reduceReals(a, RealReduction.MAX, axes);
  }

  private CpuArray reduceReals(CpuArray a, RealReduction reduction, int... axes) {
    if (axes.length == 0) {
      return memory.copy(a);
    }
    Split split = new Split(a.layout(), axes);
    CpuArray out = memory.allocate(a.dtype(), split.kept.shape());
    int outputs = out.size();
    int reduced = split.reduced.shape().size();
    if (split.columnwise()) {
      workers.ranges(
          outputs,
          columnsPerTask(reduced),
          (from, to) -> columns(a, split, reduction, out, from, to));
    } else if (outputs >= workers.threads() || reduced <= PIECE) {
      int perTask = Math.max(1, Workers.CHUNK / Math.max(reduced, 1));
      workers.ranges(
          outputs,
          perTask,
          (from, to) -> {
            Rows elements = Rows.of(split.reduced);
            split.keptOffsets(
                from,
                to,
                (offset, i) -> out.reals().set(i, all(a, elements, offset, reduced, reduction)));
          });
    } else {
      inPieces(a, split, reduction, out);
    }
    return out;
  }

  private static int columnsPerTask(int reduced) {
    return Math.max(16, Math.min(COLUMNS, 4 * Workers.CHUNK / Math.max(reduced, 1)));
  }

  /** One output: pieces of a fixed length, then the pieces' results in order. */
  private static double all(
      CpuArray a, Rows elements, int offset, int reduced, RealReduction reduction) {
    double result = reduction.start();
    for (int from = 0; from < reduced; from += PIECE) {
      int to = Math.min(reduced - from, PIECE) + from;
      result = reduction.combine(result, piece(a, elements, offset, from, to, reduction));
    }
    return result;
  }

  private static double piece(
      CpuArray a, Rows elements, int offset, int from, int to, RealReduction reduction) {
    Reals reals = a.reals();
    double[] result = {reduction.start()};
    elements.visit(
        from,
        to,
        (address, position, count) ->
            result[0] =
                reduction.combine(
                    result[0], reduction.row(reals, offset + address, elements.stride(), count)));
    return result[0];
  }

  /** Few outputs of many elements: the pieces of each are shared out. */
  private void inPieces(CpuArray a, Split split, RealReduction reduction, CpuArray out) {
    int reduced = split.reduced.shape().size();
    int pieces = (reduced + PIECE - 1) / PIECE;
    Rows elements = Rows.of(split.reduced);
    Reals results = out.reals();
    double[] partial = new double[pieces];
    split.keptOffsets(
        0,
        out.size(),
        (offset, output) -> {
          workers.ranges(
              reduced,
              PIECE,
              (from, to) ->
                  partial[from / PIECE] = piece(a, elements, offset, from, to, reduction));
          double result = reduction.start();
          for (double part : partial) {
            result = reduction.combine(result, part);
          }
          results.set(output, result);
        });
  }

  /**
   * Neighbouring outputs lie side by side in memory: whole rows are added to a row of accumulators.
   */
  private static void columns(
      CpuArray a, Split split, RealReduction reduction, CpuArray out, int from, int to) {
    Reals reals = a.reals();
    Reals results = out.reals();
    double[] accumulators = new double[to - from];
    int reduced = split.reduced.shape().size();
    split.keptRuns(
        from,
        to,
        (offset, first, count) -> {
          Arrays.fill(accumulators, 0, count, reduction.start());
          Rows elements = Rows.of(split.reduced);
          elements.visit(
              0,
              reduced,
              (address, position, rows) -> {
                for (int row = 0; row < rows; row++) {
                  int start = offset + address + row * elements.stride();
                  reduction.addRow(reals, start, accumulators, count);
                }
              });
          for (int i = 0; i < count; i++) {
            results.set(first + i, accumulators[i]);
          }
        });
  }

  private CpuArray reduceLongs(CpuArray a, LongReduction reduction, int... axes) {
    if (axes.length == 0) {
      return memory.copy(a);
    }
    Split split = new Split(a.layout(), axes);
    CpuArray out = memory.allocate(DType.INT64, split.kept.shape());
    long[] values = (long[]) a.array();
    long[] results = (long[]) out.array();
    Rows elements = Rows.of(split.reduced);
    int reduced = split.reduced.shape().size();
    workers.ranges(
        out.size(),
        Math.max(1, Workers.CHUNK / Math.max(reduced, 1)),
        (from, to) ->
            split.keptOffsets(
                from,
                to,
                (offset, i) -> {
                  long[] result = {reduction.start()};
                  elements.visit(
                      0,
                      reduced,
                      (address, position, count) -> {
                        for (int j = 0; j < count; j++) {
                          long value = values[offset + address + j * elements.stride()];
                          result[0] = reduction.combine(result[0], value);
                        }
                      });
                  results[i] = result[0];
                }));
    return out;
  }

  /** The layouts of the axes that stay and of those that go. */
  private static final class Split {
    final Layout kept;
    final Layout reduced;

    Split(Layout layout, int... axes) {
      boolean[] goes = new boolean[layout.shape().rank()];
      for (int axis : axes) {
        goes[axis] = true;
      }
      int[] staying = new int[goes.length - axes.length];
      int count = 0;
      for (int axis = 0; axis < goes.length; axis++) {
        if (!goes[axis]) {
          staying[count++] = axis;
        }
      }
      kept = layout.permute(staying);
      Layout gone = layout.permute(axes);
      reduced = new Layout(gone.shape(), gone.strides(), 0);
    }

    /** Whether a row of outputs is closer together than a row of what goes into one of them. */
    boolean columnwise() {
      Shape shape = kept.shape();
      Rows outputs = Rows.of(kept);
      return shape.rank() > 0
          && shape.dim(-1) >= 8
          && outputs.stride() == 1
          && Rows.of(reduced).stride() != 1;
    }

    /** Visits the offset of each output. */
    void keptOffsets(int from, int to, OffsetVisitor visitor) {
      Rows outputs = Rows.of(kept);
      outputs.visit(
          from,
          to,
          (address, position, count) -> {
            for (int i = 0; i < count; i++) {
              visitor.output(address + i * outputs.stride(), position + i);
            }
          });
    }

    /** Visits runs of outputs that lie side by side. */
    void keptRuns(int from, int to, Rows.Visitor visitor) {
      Rows.of(kept).visit(from, to, visitor);
    }
  }

  @FunctionalInterface
  private interface OffsetVisitor {
    void output(int offset, int position);
  }
}
