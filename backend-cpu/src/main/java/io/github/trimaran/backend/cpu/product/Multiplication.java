package io.github.trimaran.backend.cpu.product;

import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.kernels.Epilogue;
import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Layout;
import io.github.trimaran.backend.cpu.memory.Memory;
import java.util.Arrays;

/** The matrix products of arrays, batched with broadcasting, and dense layers. */
public final class Multiplication {

  /** Columns of B from which on it pays to turn a transposed A first, instead of in every block. */
  private static final int COLUMNS_WORTH_TURNING = 1024;

  private final Memory memory;
  private final MatrixMultiply matrices;
  private final OffsetCache tables;

  /** With these parts of the backend. */
  public Multiplication(Memory memory, MatrixMultiply matrices, OffsetCache tables) {
    this.memory = memory;
    this.matrices = matrices;
    this.tables = tables;
  }

  /** {@code [.., M, K] x [.., K, N] -> [.., M, N]}. */
  public CpuArray matmul(CpuArray a, CpuArray b) {
    int rank = a.shape().rank();
    boolean transposed = a.layout().stride(rank - 2) == 1 && a.layout().stride(rank - 1) != 1;
    if (transposed && b.shape().dim(-1) >= COLUMNS_WORTH_TURNING) {
      CpuArray turned = memory.copy(a);
      CpuArray product = product(turned, b);
      memory.release(turned);
      return product;
    }
    return product(a, b);
  }

  private CpuArray product(CpuArray a, CpuArray b) {
    Shape batchShape = Shape.broadcast("matmul", batch(a.shape()), batch(b.shape()));
    Layout left = broadcastBatch(a.layout(), batchShape);
    Layout right = broadcastBatch(b.layout(), batchShape);
    int batchRank = batchShape.rank();
    int[] extents = Arrays.copyOf(batchShape.dims(), batchRank + 2);
    extents[batchRank] = a.shape().dim(-2);
    extents[batchRank + 1] = b.shape().dim(-1);
    CpuArray c = memory.allocate(a.dtype(), Shape.of(extents));
    // One B for the whole batch: the matrices A are then a single tall one.
    int rowAxes = batchRank > 0 && isShared(right, batchRank) ? 0 : batchRank;
    matrices.multiply(
        a.dtype(),
        matrix(a, left, rowAxes),
        tables.get(left, 0, rowAxes),
        matrix(b, right, batchRank),
        tables.get(right, 0, rowAxes),
        matrix(c, c.layout(), rowAxes),
        tables.get(c.layout(), 0, rowAxes),
        Epilogue.NONE);
    return c;
  }

  /** {@code x w^T + b}: {@code [N, D], [M, D], [M] -> [N, M]}, with ReLU after it if asked. */
  public CpuArray linear(CpuArray input, CpuArray weight, CpuArray bias, boolean relu) {
    CpuArray output =
        memory.allocate(input.dtype(), Shape.of(input.shape().dim(0), weight.shape().dim(0)));
    CpuArray denseBias = memory.dense(bias);
    matrices.multiply(
        input.dtype(),
        tables.matrix(input.array(), input.layout(), 1),
        tables.matrix(weight.array(), weight.layout(), 1).transposed(),
        tables.matrix(output.array(), output.layout(), 1),
        new Epilogue(denseBias.array(), false, relu));
    memory.release(denseBias);
    return output;
  }

  private static Shape batch(Shape shape) {
    return shape.without(shape.rank() - 2, shape.rank() - 1);
  }

  private static Layout broadcastBatch(Layout layout, Shape batch) {
    int[] extents = Arrays.copyOf(batch.dims(), batch.rank() + 2);
    extents[batch.rank()] = layout.shape().dim(-2);
    extents[batch.rank() + 1] = layout.shape().dim(-1);
    return layout.broadcastTo(Shape.of(extents));
  }

  private static boolean isShared(Layout layout, int batchRank) {
    for (int axis = 0; axis < batchRank; axis++) {
      if (layout.shape().dim(axis) > 1 && layout.stride(axis) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Rows are the axes from {@code rowAxis} to the last but one. */
  private Matrix matrix(CpuArray a, Layout layout, int rowAxis) {
    int rank = layout.shape().rank();
    return new Matrix(
        a.array(),
        layout.offset(),
        tables.get(layout, rowAxis, rank - 1),
        tables.get(layout, rank - 1, rank));
  }
}
