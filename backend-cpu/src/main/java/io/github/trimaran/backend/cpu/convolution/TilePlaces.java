package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.product.OffsetCache;

/** Where mapped tiles lie in memory. */
final class TilePlaces {

  private TilePlaces() {}

  /** So many channels, filled up to whole registers. */
  static int wholeLanes(int count, int lanes) {
    return (count + lanes - 1) / lanes * lanes;
  }

  /** Points are an odd number of registers apart: powers of two compete for places in a cache. */
  static int apart(int size, int lanes) {
    return size / lanes % 2 == 0 ? size + lanes : size;
  }

  /** A matrix whose columns lie side by side. */
  static Matrix matrix(
      OffsetCache tables, float[] data, int offset, int rows, int rowStride, int columns) {
    return new Matrix(
        data,
        offset,
        tables.get(new int[] {rows}, new int[] {rowStride}),
        tables.get(new int[] {columns}, new int[] {1}));
  }
}
