package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Compares the gradients of a model's function, of first and second order, with central differences
 * in float64: with respect to all its parameters and its inputs together, along a random direction.
 * For random {@code u}, {@code v} and {@code w}, with {@code phi(p) = <u, f(p)>}: {@code <grad phi,
 * v>} against {@code d/dt phi(p + t v)}, and {@code <grad <grad phi, w>, v>} against {@code d/dt
 * <grad phi(p + t v), w>}.
 */
public final class ModelGradients {

  private static final double STEP = 1e-5;

  private final List<Tensor> variables;
  private final List<HostArray> start;
  private final Function<Tensor[], List<Tensor>> function;
  private final Tensor[] inputs;
  private final Rng rng = Rng.seeded(5);

  private ModelGradients(Model model, Function<Tensor[], List<Tensor>> function, Tensor... inputs) {
    this.function = function;
    this.inputs = inputs;
    variables = new ArrayList<>(Parameter.tensors(model.parameters()));
    variables.addAll(List.of(inputs));
    start = variables.stream().map(Tensor::toHost).toList();
  }

  /**
   * Checks a function of an initialised float64 model.
   *
   * @param inputs leaves; it is given them
   */
  public static void check(
      Model model, Function<Tensor[], List<Tensor>> function, Tensor... inputs) {
    new ModelGradients(model, function, inputs).check(true);
  }

  /** The same, of first order alone: for what is large and made of what is checked in full. */
  public static void checkFirstOrder(
      Model model, Function<Tensor[], List<Tensor>> function, Tensor... inputs) {
    new ModelGradients(model, function, inputs).check(false);
  }

  private void check(boolean secondOrder) {
    List<HostArray> v = directions();
    List<HostArray> w = directions();
    Rng u = rng.fork("u");
    double first = compare("first order", () -> phi(u), v);
    assertThat(Math.abs(first)).as("a gradient at all").isGreaterThan(1e-4);
    if (secondOrder) {
      compare("second order", () -> slope(phi(u), w), v);
    }
  }

  /** The derivative along a direction, itself differentiable. */
  private Tensor slope(Tensor phi, List<HostArray> direction) {
    Gradients gradients = Gradients.differentiable(phi, variables.toArray(Tensor[]::new));
    return dot(variables.stream().map(gradients::get).toList(), direction);
  }

  private interface Value {
    Tensor get();
  }

  private double compare(String order, Value value, List<HostArray> direction) {
    double automatic = 0;
    try (Scope scope = Scope.open()) {
      Tensor result = value.get();
      // The slope of what is linear is a constant, which nothing can be traced through.
      if (result.gradFn() != null) {
        Gradients gradients = Gradients.of(result, variables);
        automatic = dot(variables.stream().map(gradients::get).toList(), direction).item();
      }
    }
    double numeric = (at(value, direction, STEP) - at(value, direction, -STEP)) / (2 * STEP);
    at(value, direction, 0);
    assertThat(automatic)
        .as(order)
        .isCloseTo(numeric, within(1e-7 * Math.max(1, Math.abs(numeric))));
    return automatic;
  }

  private double at(Value value, List<HostArray> direction, double distance) {
    try (Scope scope = Scope.open()) {
      for (int i = 0; i < variables.size(); i++) {
        double[] moved = start.get(i).toDoubles();
        for (int j = 0; j < moved.length; j++) {
          moved[j] += distance * direction.get(i).get(j);
        }
        Tensor variable = variables.get(i);
        variable.assign(Tensor.of(variable.backend(), HostArray.of(moved, variable.shape())));
      }
      return value.get().item();
    }
  }

  private Tensor phi(Rng u) {
    Rng weights = Rng.restore(u.state());
    List<Tensor> outputs = function.apply(inputs);
    return dot(outputs, outputs.stream().map(y -> random(weights, y.shape())).toList());
  }

  private static Tensor dot(List<Tensor> tensors, List<HostArray> weights) {
    Tensor sum = null;
    for (int i = 0; i < tensors.size(); i++) {
      Tensor part = tensors.get(i).mul(Tensor.of(tensors.get(i).backend(), weights.get(i))).sum();
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  private List<HostArray> directions() {
    return start.stream().map(values -> random(rng, values.shape())).toList();
  }

  private static HostArray random(Rng rng, Shape shape) {
    return HostArray.of(rng.doubles(shape.size(), -1, 1).toArray(), shape);
  }
}
