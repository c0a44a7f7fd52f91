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
   * What the maps cost: multiply-adds of the one product that take as long. Measured on a processor
   * with AVX-512, with memory that windows do not stay in.
   *
   * @param product a multiply-add of this use's product, whose operands lie less well than the
   *     convolution's: the gradient of the input reads windows turned round
   * @param window mapping one window
   * @param channel one channel of a tile's pixels
   * @param filter one filter of its results
   */
  private record Costs(double product, int window, int channel, int filter) {
    static final Costs OF_CONVOLUTION = new Costs(1, 2500, 1700, 1200);
    static final Costs OF_INPUT_GRAD = new Costs(1.6, 2500, 1700, 1200);
    static final Costs OF_WEIGHT_GRAD = new Costs(1, 2500, 1700, 1700);
  }

  private WinogradChoice() {}

  /**
   * Whether it is expected to take less time than the one product: where there are so many tiles
   * that mapping the windows is worth it, and so many pairs of channels and filters that mapping
   * the tiles is.
   */
  static boolean pays(
      DType dtype, Shape input, Shape weight, Shape output, Conv2dGeometry geometry) {
    return isPossible(dtype, input, weight, output, geometry)
        && isLess(Costs.OF_CONVOLUTION, weight, output);
  }

  /**
   * The same for the gradient of the input.
   *
   * @param outputGrad what is convolved
   * @param turned windows {@code [C, F, 3, 3]}
   */
  static boolean paysForInputGrad(
      DType dtype, Shape outputGrad, Shape turned, Shape inputGrad, Conv2dGeometry geometry) {
    return isPossible(dtype, outputGrad, turned, inputGrad, geometry)
        && isLess(Costs.OF_INPUT_GRAD, turned, inputGrad);
  }

  /** The same for the gradient of the weight. */
  static boolean paysForWeightGrad(
      DType dtype, Shape input, Shape weight, Shape output, Conv2dGeometry geometry) {
    return isPossible(dtype, input, weight, output, geometry)
        && isLess(Costs.OF_WEIGHT_GRAD, weight, output);
  }

  private static boolean isLess(Costs costs, Shape weight, Shape output) {
    double filters = weight.dim(0);
    double channels = weight.dim(1);
    double pairs = filters * channels;
    double images = output.dim(0);
    double tiles = images * PixelTiles.tiles(output.dim(2)) * PixelTiles.tiles(output.dim(3));
    double direct = costs.product() * pairs * SIDE * SIDE * images * output.dim(2) * output.dim(3);
    double maps =
        costs.window() * pairs + tiles * (costs.channel() * channels + costs.filter() * filters);
    return maps + tiles * pairs * TileTransforms.POINTS < direct;
  }

  private static boolean isPossible(
      DType dtype, Shape input, Shape weight, Shape output, Conv2dGeometry geometry) {
    return dtype == DType.FLOAT32
        && weight.dim(2) == SIDE
        && weight.dim(3) == SIDE
        && geometry.strideH() == 1
        && geometry.strideW() == 1
        && geometry.dilationH() == 1
        && geometry.dilationW() == 1
        && geometry.groups() == 1
        && input.dim(1) >= FEWEST
        && weight.dim(0) >= FEWEST
        && !output.isEmpty();
  }
}
