package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** {@link ModelGradients} of layers. */
final class LayerGradients {

  private LayerGradients() {}

  /** In evaluation, with first values and a random input. */
  static void check(Layer layer, int... inputShape) {
    check(layer, false, Shape.of(inputShape));
  }

  /** The same in training. */
  static void checkTraining(Layer layer, int... inputShape) {
    check(layer, true, Shape.of(inputShape));
  }

  private static void check(Layer layer, boolean training, Shape shape) {
    try (layer) {
      layer.init(new NaiveBackend(), DType.FLOAT64, Rng.seeded(3));
      double[] values = Rng.seeded(4).doubles(shape.size(), -1, 1).toArray();
      check(layer, HostArray.of(values, shape), training);
    }
  }

  /** Of an initialised layer at that input. */
  static void check(Layer layer, HostArray input, boolean training) {
    try (Scope scope = Scope.open("a check of gradients")) {
      ModelGradients.check(
          layer,
          x -> {
            // Anew each time, so that the same is dropped each time.
            Mode mode = training ? Mode.train(Rng.seeded(1)) : Mode.EVAL;
            return List.of(layer.forward(x[0], mode));
          },
          Tensor.of(layer.backend(), input).requiresGrad());
    }
  }
}
