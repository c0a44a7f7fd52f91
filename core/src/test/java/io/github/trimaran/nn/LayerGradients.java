package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.function.Supplier;

/**
 * Compares a layer's gradients, to its input and all its parameters, with central differences along
 * random directions in float64: those of {@code phi = <u, f>}, and those of the product of that
 * gradient with a direction, which are of second order.
 */
final class LayerGradients {

  /** Half the distance of the inner pair of points; the outer pair lies twice as far out. */
  private static final double STEP = 1e-4;

  private final Layer layer;
  private final Supplier<Mode> mode;
  private final Tensor x;
  private final List<Tensor> variables = new ArrayList<>();
  private final Tensor u;
  private final List<Tensor> w = new ArrayList<>();
  private final Rng rng = Rng.seeded(5);

  private LayerGradients(Layer layer, HostArray input, Supplier<Mode> mode) {
    this.layer = layer;
    this.mode = mode;
    x = Tensor.of(layer.backend(), input).requiresGrad();
    variables.add(x);
    variables.addAll(Parameter.tensors(layer.parameters()));
    u = random(layer.forward(x, mode.get()).shape());
    variables.forEach(variable -> w.add(random(variable.shape())));
  }

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
      new LayerGradients(layer, input, () -> training ? Mode.train(Rng.seeded(1)) : Mode.EVAL)
          .run();
    }
  }

  private void run() {
    compare("first order", this::phi);
    compare(
        "second order",
        () -> dot(gradients(Gradients.differentiable(phi(), variables.toArray(Tensor[]::new))), w));
  }

  private Tensor phi() {
    return layer.forward(x, mode.get()).mul(u).sum();
  }

  private void compare(String order, Supplier<Tensor> function) {
    List<Tensor> direction = variables.stream().map(v -> random(v.shape())).toList();
    Tensor value = function.get();
    // What is linear in everything has no second derivatives.
    double analytic =
        value.gradFn() == null
            ? 0
            : dot(gradients(Gradients.of(value, variables)), direction).item();
    double numeric = difference(direction, function);
    assertThat(analytic)
        .as("%s of %s", order, layer)
        .isCloseTo(numeric, within(1e-7 * Math.max(1, Math.abs(numeric))));
  }

  private List<Tensor> gradients(Gradients gradients) {
    return variables.stream().map(gradients::get).toList();
  }

  private static Tensor dot(List<Tensor> a, List<Tensor> b) {
    Tensor sum = a.get(0).mul(b.get(0)).sum();
    for (int i = 1; i < a.size(); i++) {
      sum = sum.add(a.get(i).mul(b.get(i)).sum());
    }
    return sum;
  }

  /** Fourth-order central difference (Abramowitz and Stegun 25.3.21). */
  private double difference(List<Tensor> direction, Supplier<Tensor> function) {
    double near = moved(direction, STEP, function) - moved(direction, -STEP, function);
    double far = moved(direction, 2 * STEP, function) - moved(direction, -2 * STEP, function);
    return (8 * near - far) / (12 * STEP);
  }

  private double moved(List<Tensor> direction, double distance, Supplier<Tensor> function) {
    List<HostArray> before = variables.stream().map(Tensor::toHost).toList();
    try (Scope scope = Scope.open("a step aside")) {
      for (int i = 0; i < direction.size(); i++) {
        variables.get(i).assign(variables.get(i).detach().add(direction.get(i).mul(distance)));
      }
      double value = function.get().item();
      for (int i = 0; i < direction.size(); i++) {
        variables.get(i).assign(Tensor.of(layer.backend(), before.get(i)));
      }
      return value;
    }
  }

  private Tensor random(Shape shape) {
    double[] values = rng.doubles(shape.size(), -1, 1).toArray();
    return Tensor.of(layer.backend(), HostArray.of(values, shape));
  }
}
