package io.github.trimaran.benchmarks.cost;

/** Of the course's three-layer network, in float32. */
final class BasicConvNetCost {

  private static final int WIDTH = Float.BYTES;

  /** Passes over the parameters: Adam reads four arrays and writes three. */
  private static final int ADAM = 7;

  private BasicConvNetCost() {}

  private static ConvolutionShape convolution(Workload of) {
    return ConvolutionShape.of(
        of.batch(), of.channels(), of.side(), Workload.FILTERS, Workload.KERNEL, 1, 3);
  }

  /** Scores of a batch. */
  static Cost forward(Workload of) {
    return convolution(of)
        .cost(WIDTH)
        .plus(Cost.product(of.batch(), of.features(), of.hidden(), WIDTH))
        .plus(Cost.product(of.batch(), of.hidden(), Workload.CLASSES, WIDTH));
  }

  /**
   * A training step: the convolution twice, for nobody asks for the images' gradient, and the
   * affine maps three times. Bytes: weights are read in both passes and their gradients written,
   * Adam makes its seven passes, and what each layer gives is written and read in either pass.
   */
  static Cost step(Workload of) {
    double operations =
        2 * convolution(of).cost(WIDTH).operations()
            + 3 * Cost.product(of.batch(), of.features(), of.hidden(), WIDTH).operations()
            + 3 * Cost.product(of.batch(), of.hidden(), Workload.CLASSES, WIDTH).operations();
    double parameters = parameters(of);
    double activations =
        convolution(of).output().size()
            + (double) of.batch() * (of.features() + of.hidden() + Workload.CLASSES);
    double images = 2.0 * convolution(of).input().size();
    double elements = (ADAM + 3) * parameters + 4 * activations + images;
    return new Cost(operations + 12 * parameters, WIDTH * elements);
  }

  static double parameters(Workload of) {
    double convolution = convolution(of).weight().size() + (double) Workload.FILTERS;
    double first = (double) of.features() * of.hidden() + of.hidden();
    double second = (double) of.hidden() * Workload.CLASSES + Workload.CLASSES;
    return convolution + first + second;
  }
}
