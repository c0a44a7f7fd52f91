package io.github.trimaran.benchmarks.cost;

import java.util.ArrayList;
import java.util.List;

/** Of SqueezeNet 1.0 for one square picture, in float32; convolutions and Gram matrices count. */
final class SqueezeNetCost {

  private static final int WIDTH = Float.BYTES;
  private static final int[] SQUEEZED = {16, 16, 32, 32, 48, 48, 64, 64};

  /** A layer of {@code features}: what it costs, and the shape of what it gives. */
  record Step(Cost cost, int channels, int side) {}

  private SqueezeNetCost() {}

  /** Layers {@code features.0} and on, as torchvision counts them. */
  static List<Step> features(int size) {
    List<Step> steps = new ArrayList<>();
    ConvolutionShape first = ConvolutionShape.of(1, 3, size, 96, 7, 2, 0);
    int side = first.output().dim(2);
    steps.add(new Step(first.cost(WIDTH), 96, side));
    steps.add(new Step(new Cost(0, 0), 96, side));
    side = pooled(side);
    steps.add(new Step(new Cost(0, 0), 96, side));
    int channels = 96;
    for (int fire = 0; fire < SQUEEZED.length; fire++) {
      int squeezed = SQUEEZED[fire];
      Cost cost =
          ConvolutionShape.of(1, channels, side, squeezed, 1, 1, 0)
              .cost(WIDTH)
              .plus(ConvolutionShape.of(1, squeezed, side, 4 * squeezed, 1, 1, 0).cost(WIDTH))
              .plus(ConvolutionShape.of(1, squeezed, side, 4 * squeezed, 3, 1, 1).cost(WIDTH));
      channels = 8 * squeezed;
      steps.add(new Step(cost, channels, side));
      if (fire == 2 || fire == 6) {
        side = pooled(side);
        steps.add(new Step(new Cost(0, 0), channels, side));
      }
    }
    return steps;
  }

  /** A window of 3 by steps of 2; the last may reach over the edge. */
  private static int pooled(int side) {
    return (side - 3 + 1) / 2 + 1;
  }

  /** Scores of 1000 classes. */
  static Cost forward(int size) {
    List<Step> steps = features(size);
    Step last = steps.get(steps.size() - 1);
    Cost sum = ConvolutionShape.of(1, last.channels(), last.side(), 1000, 1, 1, 0).cost(WIDTH);
    for (Step step : steps) {
      sum = sum.plus(step.cost());
    }
    return sum;
  }

  /** Scores, and the gradient of the picture. */
  static Cost forwardAndInputGrad(int size) {
    return forward(size).times(2);
  }

  /**
   * The loss of style transfer at layers 1, 3, 5 and 8 and its gradient: each convolution twice,
   * each Gram matrix as three products.
   */
  static Cost styleIteration(int size) {
    List<Step> steps = features(size);
    Cost sum = new Cost(0, 0);
    for (Step step : steps.subList(0, 9)) {
      sum = sum.plus(step.cost().times(2));
    }
    for (int layer : new int[] {1, 3, 5, 8}) {
      Step map = steps.get(layer);
      double positions = (double) map.side() * map.side();
      sum = sum.plus(Cost.product(map.channels(), positions, map.channels(), WIDTH).times(3));
    }
    return sum;
  }
}
