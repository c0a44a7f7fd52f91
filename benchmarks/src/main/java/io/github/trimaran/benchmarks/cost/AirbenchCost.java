package io.github.trimaran.benchmarks.cost;

/**
 * Of a training step of AirbenchNet with the paper's widths, in float32; its convolutions count.
 */
final class AirbenchCost {

  private static final int WIDTH = Float.BYTES;

  private AirbenchCost() {}

  /** Forward, weight gradient and input gradient, where somebody asks for it. */
  static Cost step(int batch) {
    Cost whitening = ConvolutionShape.of(batch, 3, 32, 24, 2, 1, 0).cost(WIDTH);
    Cost first = ConvolutionShape.of(batch, 24, 31, 64, 3, 1, 1).cost(WIDTH);
    return whitening
        .plus(first.times(2))
        .plus(ConvolutionShape.of(batch, 64, 15, 64, 3, 1, 1).cost(WIDTH).times(3))
        .plus(ConvolutionShape.of(batch, 64, 15, 256, 3, 1, 1).cost(WIDTH).times(3))
        .plus(ConvolutionShape.of(batch, 256, 7, 256, 3, 1, 1).cost(WIDTH).times(6))
        .plus(ConvolutionShape.of(batch, 256, 3, 256, 3, 1, 1).cost(WIDTH).times(3));
  }
}
