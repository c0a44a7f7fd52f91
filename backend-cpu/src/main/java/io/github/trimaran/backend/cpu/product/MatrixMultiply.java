package io.github.trimaran.backend.cpu.product;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.cpu.kernels.Block;
import io.github.trimaran.backend.cpu.kernels.BlockKernel;
import io.github.trimaran.backend.cpu.kernels.Epilogue;
import io.github.trimaran.backend.cpu.kernels.Kernels;
import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.kernels.Offsets;
import io.github.trimaran.backend.cpu.memory.Buffer;
import io.github.trimaran.backend.cpu.memory.Idle;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * The one matrix product of this backend: {@code C = A B} for matrices that are read and written
 * through offset tables. Dense layers, transposed and broadcast operands, convolution and its two
 * gradients are all this.
 *
 * <p>The product is cut into blocks by a {@link Plan}; each is computed by a {@link BlockKernel},
 * which gathers from the operands only what a cache holds.
 */
public final class MatrixMultiply {

  private static final int ROWS_PER_ADDITION = 32;

  private final Memory memory;
  private final Workers workers;
  private final Kernels kernels;
  private final Idle<BlockKernel> idleFloat;
  private final Idle<BlockKernel> idleDouble;

  /** With these parts of the backend. */
  public MatrixMultiply(Memory memory, Workers workers, Kernels kernels) {
    this.memory = memory;
    this.workers = workers;
    this.kernels = kernels;
    this.idleFloat = new Idle<>(() -> kernels.create(DType.FLOAT32));
    this.idleDouble = new Idle<>(() -> kernels.create(DType.FLOAT64));
  }

  /** One product. */
  public void multiply(DType dtype, Matrix a, Matrix b, Matrix c, Epilogue epilogue) {
    Offsets single = Offsets.linear(1, 0);
    multiply(dtype, a, single, b, single, c, single, epilogue);
  }

  /** As many products as the tables of the batch have entries, which shift the matrices. */
  public void multiply(
      DType dtype,
      Matrix a,
      Offsets batchA,
      Matrix b,
      Offsets batchB,
      Matrix c,
      Offsets batchC,
      Epilogue epilogue) {
    if (c.height() == 0 || c.width() == 0 || batchC.size() == 0) {
      return;
    }
    if (Plan.betterTransposed(a, b, c, kernels)) {
      new Product(
              dtype,
              b.transposed(),
              batchB,
              a.transposed(),
              batchA,
              c.transposed(),
              batchC,
              epilogue.transposed())
          .run();
    } else {
      new Product(dtype, a, batchA, b, batchB, c, batchC, epilogue).run();
    }
  }

  /**
   * One product on the calling thread, for what is itself a task of a larger operation.
   *
   * @param adds whether to add it to C
   */
  public void multiplyHere(DType dtype, Matrix a, Matrix b, Matrix c, boolean adds) {
    BlockKernel kernel = idle(dtype).borrow();
    int columns = kernels.maxColumns();
    for (int m = 0; m < c.height(); m += BlockKernel.MAX_ROWS) {
      int m1 = Math.min(m + BlockKernel.MAX_ROWS, c.height());
      for (int n = 0; n < c.width(); n += columns) {
        int n1 = Math.min(n + columns, c.width());
        kernel.multiply(new Block(a, b, c, Epilogue.NONE, 0, m, m1, n, n1, 0, a.width(), adds));
      }
    }
    idle(dtype).giveBack(kernel);
  }

  private Idle<BlockKernel> idle(DType dtype) {
    return dtype == DType.FLOAT32 ? idleFloat : idleDouble;
  }

  private final class Product {
    private final DType dtype;
    private final Matrix a;
    private final Offsets batchA;
    private final Matrix b;
    private final Offsets batchB;
    private final Matrix c;
    private final Offsets batchC;
    private final Epilogue epilogue;
    private final Plan plan;
    private final int blocksOfRows;
    private final int blocksOfColumns;
    private final int partsOfSums;

    Product(
        DType dtype,
        Matrix a,
        Offsets batchA,
        Matrix b,
        Offsets batchB,
        Matrix c,
        Offsets batchC,
        Epilogue epilogue) {
      this.dtype = dtype;
      this.a = a;
      this.batchA = batchA;
      this.b = b;
      this.batchB = batchB;
      this.c = c;
      this.batchC = batchC;
      this.epilogue = epilogue;
      this.plan = Plan.of(batchC.size(), a, b, kernels);
      this.blocksOfRows = (a.height() - 1) / plan.rows() + 1;
      this.blocksOfColumns = (b.width() - 1) / plan.columns() + 1;
      this.partsOfSums = a.width() == 0 ? 1 : (a.width() - 1) / plan.depth() + 1;
    }

    void run() {
      int blocks = batchC.size() * blocksOfRows * blocksOfColumns;
      if (partsOfSums == 1) {
        workers.forEach(
            blocks,
            i -> {
              int batch = i / (blocksOfRows * blocksOfColumns);
              Matrix target = c.shifted(batchC.at(batch));
              multiply(i, 0, a.width(), target, epilogue, batch * biasLength());
            });
      } else {
        runInParts(blocks);
      }
    }

    /** Partial sums into a buffer, then their sum, in order, into C. */
    private void runInParts(int blocks) {
      int size = c.height() * c.width();
      Buffer buffer = memory.scratch(dtype, batchC.size() * partsOfSums * size);
      Matrix partial = Matrix.dense(buffer.array(), 0, c.height(), c.width());
      workers.forEach(
          blocks * partsOfSums,
          i -> {
            int block = i / partsOfSums;
            int part = i % partsOfSums;
            int batch = block / (blocksOfRows * blocksOfColumns);
            int from = part * plan.depth();
            int to = Math.min(from + plan.depth(), a.width());
            Matrix target = partial.shifted((batch * partsOfSums + part) * size);
            multiply(block, from, to, target, Epilogue.NONE, 0);
          });
      int additions = (c.height() - 1) / ROWS_PER_ADDITION + 1;
      workers.forEach(
          batchC.size() * additions, i -> addParts(partial, i / additions, i % additions));
      buffer.release();
    }

    private void addParts(Matrix partial, int batch, int addition) {
      int size = c.height() * c.width();
      List<Matrix> parts = new ArrayList<>(partsOfSums);
      for (int part = 0; part < partsOfSums; part++) {
        parts.add(partial.shifted((batch * partsOfSums + part) * size));
      }
      int from = addition * ROWS_PER_ADDITION;
      int to = Math.min(from + ROWS_PER_ADDITION, c.height());
      BlockKernel kernel = idle(dtype).borrow();
      kernel.add(parts, c.shifted(batchC.at(batch)), epilogue, batch * biasLength(), from, to);
      idle(dtype).giveBack(kernel);
    }

    private int biasLength() {
      return epilogue.perRow() ? c.height() : c.width();
    }

    private void multiply(
        int block, int from, int to, Matrix target, Epilogue last, int biasStart) {
      int batch = block / (blocksOfRows * blocksOfColumns);
      int m = block / blocksOfColumns % blocksOfRows * plan.rows();
      int n = block % blocksOfColumns * plan.columns();
      BlockKernel kernel = idle(dtype).borrow();
      kernel.multiply(
          new Block(
              a.shifted(batchA.at(batch)),
              b.shifted(batchB.at(batch)),
              target,
              last,
              biasStart,
              m,
              Math.min(m + plan.rows(), a.height()),
              n,
              Math.min(n + plan.columns(), b.width()),
              from,
              to,
              false));
      idle(dtype).giveBack(kernel);
    }
  }
}
