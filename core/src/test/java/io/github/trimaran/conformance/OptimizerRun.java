package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Clipping;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A matrix and a vector that an optimiser changes, by gradients that depend on the step and on
 * where they are: {@code 0.5 w + cos(1.3 k + 0.7 i)} for the i-th number in step k, from 0.
 */
final class OptimizerRun implements AutoCloseable {

  private static final Shape MATRIX = Shape.of(3, 2);
  private static final Shape VECTOR = Shape.of(2);
  private static final double[] START = {0.5, -1.25, 2.0, 0.75, -0.3, 1.1, 0.2, -0.6};

  /** How many of the numbers are the matrix's, which come first. */
  static final int MATRIX_SIZE = 6;

  /** A model of one parameter, so that it can be frozen by itself. */
  private static final class Part extends Model {
    Part(Parameter.Role role, Shape shape) {
      parameter("value", role, shape, Initializers.zeros());
    }
  }

  private static final class Both extends Model {
    private final Part vector;

    Both() {
      child("matrix", new Part(Parameter.Role.WEIGHT, MATRIX));
      vector = child("vector", new Part(Parameter.Role.BIAS, VECTOR));
    }
  }

  private final Both model = new Both();
  private final Function<List<Parameter>, Optimizer> make;
  private Optimizer optimizer;
  private int steps;

  OptimizerRun(Backend<?> backend, DType dtype, Function<List<Parameter>, Optimizer> make) {
    this.make = make;
    double[] matrix = Arrays.copyOf(START, MATRIX_SIZE);
    double[] vector = Arrays.copyOfRange(START, MATRIX_SIZE, START.length);
    model.init(
        backend,
        dtype,
        StateDict.of(
            Map.of(
                "matrix.value", HostArray.of(matrix, MATRIX),
                "vector.value", HostArray.of(vector, VECTOR))));
    optimizer = make.apply(model.parameters());
  }

  /** The numbers before the first step. */
  static double[] start() {
    return START.clone();
  }

  static double gradient(double w, int k, int i) {
    return 0.5 * w + Math.cos(1.3 * k + 0.7 * i);
  }

  List<Parameter> parameters() {
    return model.parameters();
  }

  Optimizer optimizer() {
    return optimizer;
  }

  void freezeVector(boolean frozen) {
    if (frozen) {
      model.vector.freeze();
    } else {
      model.vector.unfreeze();
    }
  }

  /** Goes on with a new optimiser in the state of the old. */
  void renewOptimizer() {
    StateDict state = optimizer.state();
    optimizer.close();
    optimizer = make.apply(model.parameters());
    optimizer.restore(state);
  }

  void step(Clipping clipping) {
    try (Scope scope = Scope.open("a step of an optimiser case")) {
      List<Tensor> gradients = new ArrayList<>();
      int i = 0;
      for (Parameter parameter : model.parameters()) {
        HostArray values = parameter.tensor().toHost();
        for (int j = 0; j < values.shape().size(); j++, i++) {
          values.set(j, gradient(values.get(j), steps, i));
        }
        gradients.add(
            parameter.isFrozen() ? null : Tensor.of(parameter.tensor().backend(), values));
      }
      optimizer.step(clipping.apply(gradients));
    }
    steps++;
  }

  /** All numbers, the matrix's first. */
  double[] values() {
    return model.parameters().stream()
        .map(parameter -> parameter.tensor().toDoubles())
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  @Override
  public void close() {
    optimizer.close();
    model.close();
  }
}
