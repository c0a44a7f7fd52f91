package io.github.trimaran.nn;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;

/** Setting parts of the input to 0 in training, whatever is drawn together. */
abstract class DropoutNd extends Layer {

  private final double probability;

  DropoutNd(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw error("probability must be at least 0 and below 1, is " + probability);
    }
    this.probability = probability;
  }

  /** The shape of the mask, which is broadcast to that of the input. */
  abstract Shape maskShape(Shape input);

  @Override
  protected final String describe() {
    return Double.toString(probability);
  }

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    if (!mode.isTraining() || probability == 0) {
      return x;
    }
    return x.mul(mask(x, maskShape(x.shape()), probability, 1 / (1 - probability), mode.rng()));
  }

  /** 0 with a probability, else {@code kept}; drawn on the host, the same on every backend. */
  static Tensor mask(Tensor like, Shape shape, double probability, double kept, Rng rng) {
    HostArray mask = HostArray.zeros(shape, like.dtype());
    for (int i = 0; i < shape.size(); i++) {
      if (rng.nextDouble() >= probability) {
        mask.set(i, kept);
      }
    }
    return Tensor.of(like.backend(), mask);
  }

  /** One number a channel of each sample of {@code [N, C, ...]}. */
  final Shape channels(Shape input, int rank, String wanted) {
    if (input.rank() != rank) {
      throw error("input must be " + wanted + ", is " + input);
    }
    int[] extents = new int[rank];
    java.util.Arrays.fill(extents, 1);
    extents[0] = input.dim(0);
    extents[1] = input.dim(1);
    return Shape.of(extents);
  }

  @Override
  public final Form form() {
    return Form.of("probability", probability);
  }
}
