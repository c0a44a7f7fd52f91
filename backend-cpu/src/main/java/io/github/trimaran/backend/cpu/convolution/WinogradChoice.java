package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.kernels.TileTransforms;

/** Which convolutions {@link Winograd}'s way can compute, and is expected to in less time. */
final class WinogradChoice {

  private static final int SIDE = 3;

  /** With fewer channels or filters, the maps cost more than they save. */
  private static final int FEWEST = 16;

  /**
   * Costs of the maps, with which {@link #pays} reckons: multiply-adds of the one product that take
   * as long as mapping one window, one channel of a tile's pixels, one filter of its results.
   * Measured on a processor with AVX-512, with memory that windows do not stay in.
   */
  private static final int WINDOW_COST = 2500;

  private static final int PIXELS_COST = 1700;
  private static final int RESULTS_COST = 1200;

  private WinogradChoice() {}

  /**
   * Whether it is expected to take less time than the one product: where there are so many tiles
   * that mapping the windows is worth it, and so many pairs of channels and filters that mapping
   * the tiles is.
   */
  static boolean pays(
      DType dtype, Shape input, Shape weight, Shape output, Conv2dGeometry geometry) {
    boolean fits =
        dtype == DType.FLOAT32
            && weight.dim(2) == SIDE
            && weight.dim(3) == SIDE
            && geometry.strideH() == 1
            && geometry.strideW() == 1
            && geometry.dilationH() == 1
            && geometry.dilationW() == 1
            && geometry.groups() == 1;
    int channels = input.dim(1);
    int filters = weight.dim(0);
    if (!fits || channels < FEWEST || filters < FEWEST || output.isEmpty()) {
      return false;
    }
    double pairs = (double) channels * filters;
    double tiles =
        (double) output.dim(0) * Winograd.tiles(output.dim(2)) * Winograd.tiles(output.dim(3));
    double direct = pairs * SIDE * SIDE * output.dim(0) * output.dim(2) * output.dim(3);
    double maps =
        WINDOW_COST * pairs
            + tiles * ((double) PIXELS_COST * channels + (double) RESULTS_COST * filters);
    return maps + tiles * pairs * TileTransforms.POINTS < direct;
  }
}
