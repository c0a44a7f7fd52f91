package io.github.trimaran.optim;

import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** Parameters and gradients for the tests of this package. */
final class Values {

  static final NaiveBackend BACKEND = new NaiveBackend();

  private Values() {}

  static Parameter weight(String name, double... values) {
    return parameter(name, Parameter.Role.WEIGHT, values);
  }

  static Parameter parameter(String name, Parameter.Role role, double... values) {
    return new Parameter(name, role, row(values).requiresGrad());
  }

  static Tensor row(double... values) {
    return Tensor.of(BACKEND, values, 1, values.length);
  }

  static double[] of(Parameter parameter) {
    return parameter.tensor().toDoubles();
  }

  /** A few steps, each with its gradients of the one parameter. */
  static void steps(Optimizer optimizer, double[]... gradients) {
    for (double[] gradient : gradients) {
      optimizer.step(List.of(row(gradient)));
    }
  }
}
