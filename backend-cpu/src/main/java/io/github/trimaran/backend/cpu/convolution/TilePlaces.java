package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.kernels.TileTransforms;
import io.github.trimaran.backend.cpu.memory.Idle;
import io.github.trimaran.backend.cpu.product.OffsetCache;

/**
 * Where mapped tiles lie in memory.
 *
 * @param tables of addresses
 * @param lanes numbers side by side in a register
 */
record TilePlaces(OffsetCache tables, int lanes) {

  /** For those transforms. */
  static TilePlaces of(OffsetCache tables, Idle<TileTransforms> idle) {
    TileTransforms some = idle.borrow();
    idle.giveBack(some);
    return new TilePlaces(tables, some.lanes());
  }

  /** So many channels, filled up to whole registers. */
  int wholeLanes(int count) {
    return (count + lanes - 1) / lanes * lanes;
  }

  /** Points are an odd number of registers apart: powers of two compete for places in a cache. */
  int apart(int size) {
    return size / lanes % 2 == 0 ? size + lanes : size;
  }

  /** A matrix whose columns lie side by side. */
  Matrix matrix(float[] data, int offset, int rows, int rowStride, int columns) {
    return new Matrix(
        data,
        offset,
        tables.get(new int[] {rows}, new int[] {rowStride}),
        tables.get(new int[] {columns}, new int[] {1}));
  }
}
