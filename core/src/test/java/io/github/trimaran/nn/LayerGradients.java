package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a layer's gradients, to its input and all its parameters, with central differences along
 * random directions in float64.
 */
final class LayerGradients {

  private static final double STEP = 1e-5;

  private final Layer layer;
  private final Shape inputShape;
  private final Mode mode;
  private final NaiveBackend backend = new NaiveBackend();
  private final Rng rng = Rng.seeded(5);

  private LayerGradients(Layer layer, Shape inputShape, boolean training) {
    this.layer = layer;
    this.inputShape = inputShape;
    this.mode = training ? Mode.train(Rng.seeded(1)) : Mode.EVAL;
  }

  static void check(Layer layer, int... inputShape) {
    new LayerGradients(layer, Shape.of(inputShape), false).run();
  }

  static void checkTraining(Layer layer, int... inputShape) {
    new LayerGradients(layer, Shape.of(inputShape), true).run();
  }

  private void run() {
    layer.init(backend, DType.FLOAT64, Rng.seeded(3));
    try (Scope scope = Scope.open()) {
      Tensor x = random(inputShape).requiresGrad();
      Tensor u = random(layer.forward(x, mode).shape());
      List<Tensor> variables = new ArrayList<>(Parameter.tensors(layer.parameters()));
      variables.add(x);
      Gradients gradients = Gradients.of(value(x, u), variables);
      for (Tensor variable : variables) {
        Tensor direction = random(variable.shape());
        double analytic = gradients.get(variable).mul(direction).sum().item();
        double numeric =
            (moved(variable, direction, STEP, x, u) - moved(variable, direction, -STEP, x, u))
                / (2 * STEP);
        assertThat(analytic)
            .as("%s, variable %s", layer.kind(), variable.shape())
            .isCloseTo(numeric, org.assertj.core.data.Offset.offset(1e-7 * scale(numeric)));
      }
    }
    layer.close();
  }

  private static double scale(double value) {
    return Math.max(1, Math.abs(value));
  }

  private double moved(Tensor variable, Tensor direction, double distance, Tensor x, Tensor u) {
    Tensor before = Tensor.of(backend, variable.toHost());
    variable.assign(before.add(direction.mul(distance)));
    double value = value(x, u).item();
    variable.assign(before);
    return value;
  }

  private Tensor value(Tensor x, Tensor u) {
    return layer.forward(x, mode).mul(u).sum();
  }

  private Tensor random(Shape shape) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rng.nextDouble(-1, 1);
    }
    return Tensor.of(backend, HostArray.of(values, shape));
  }
}
