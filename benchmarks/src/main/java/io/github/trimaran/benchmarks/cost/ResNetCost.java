package io.github.trimaran.benchmarks.cost;

/** Of ResNet-18 for one square picture, in float32; convolutions and the affine map count. */
final class ResNetCost {

  private static final int WIDTH = Float.BYTES;
  private static final int[] WIDTHS = {64, 128, 256, 512};

  private ResNetCost() {}

  /** Scores of 1000 classes; for images up to 32 pixels by the form that skips none of them. */
  static Cost forward(int size) {
    boolean small = size <= 32;
    ConvolutionShape first =
        small
            ? ConvolutionShape.of(1, 3, size, WIDTHS[0], 3, 1, 1)
            : ConvolutionShape.of(1, 3, size, WIDTHS[0], 7, 2, 3);
    Cost sum = first.cost(WIDTH);
    int side = small ? size : (first.output().dim(2) - 1) / 2 + 1;
    int channels = WIDTHS[0];
    for (int width : WIDTHS) {
      int stride = width == channels ? 1 : 2;
      ConvolutionShape opening = ConvolutionShape.of(1, channels, side, width, 3, stride, 1);
      if (stride == 2) {
        sum = sum.plus(ConvolutionShape.of(1, channels, side, width, 1, stride, 0).cost(WIDTH));
      }
      side = opening.output().dim(2);
      Cost inner = ConvolutionShape.of(1, width, side, width, 3, 1, 1).cost(WIDTH);
      sum = sum.plus(opening.cost(WIDTH)).plus(inner.times(3));
      channels = width;
    }
    return sum.plus(Cost.product(1, channels, 1000, WIDTH));
  }

  /**
   * A training step: everything forward, and as a gradient of what comes in and of the weight. That
   * of the images, which nobody asks for, is small.
   */
  static Cost step(int size, int batch) {
    return forward(size).times(3.0 * batch);
  }
}
