package io.github.trimaran.backend.cpu.kernels;

import io.github.trimaran.array.DType;
import java.util.Optional;
import java.util.function.Supplier;

/** A family of kernels: how the loops of a matrix product become machine instructions. */
public interface Kernels {

  /** What and why, for people. */
  String description();

  /** A new kernel for float32 or float64. */
  BlockKernel create(DType dtype);

  /** Functions of the elements of arrays. */
  Functions functions();

  /** Largest elements of arrays. */
  Maxima maxima();

  /** Windows over single planes. */
  TapSums tapSums();

  /** Many windows over the same planes, where there are registers for it. */
  default Optional<WindowSums> windowSums() {
    return Optional.empty();
  }

  /** What makes maps of tiles for Winograd's convolution, where there are kernels for it. */
  default Optional<Supplier<TileTransforms>> transforms() {
    return Optional.empty();
  }

  /**
   * The length of sums from which inner products of rows of A with columns of B are fastest, where
   * both lie in one piece and at most a quarter of a {@link #columnGroup} of columns is there.
   */
  default int shortestDot() {
    return Integer.MAX_VALUE;
  }

  /** Rows of C are computed in groups of this many. */
  int rowGroup();

  /** Columns of C are best a multiple of this. */
  int columnGroup();

  /** The most columns of C in a block. */
  int maxColumns();
}
