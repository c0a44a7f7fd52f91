package io.github.trimaran.backend.cpu.kernels;

import java.util.List;

/**
 * Multiplies one block of matrices on one thread. It owns the memory to pack operands into, so an
 * instance serves one task at a time.
 */
public interface BlockKernel {

  /** The most rows of C in a block. */
  int MAX_ROWS = 256;

  /** The length of the sums formed at once: a packed piece of B is this high. */
  int DEPTH = 256;

  /** Computes and stores a block. */
  void multiply(Block block);

  /**
   * Adds matrices of one shape in the order of the list and stores rows {@code m0 .. m1 - 1} in C.
   */
  void add(List<Matrix> parts, Matrix c, Epilogue epilogue, int biasStart, int m0, int m1);
}
