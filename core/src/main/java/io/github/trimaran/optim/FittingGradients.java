package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** Checks the gradients of a step before anything is changed or counted. */
final class FittingGradients {

  private FittingGradients() {}

  /**
   * Refuses gradients that are not the parameters'.
   *
   * @param kind of optimiser, for the error
   * @throws IllegalArgumentException if there are more or fewer, or one is missing, of another
   *     shape or type
   * @throws IllegalStateException if a parameter has no value yet
   */
  static void require(String kind, List<Parameter> parameters, List<Tensor> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          kind + ": " + gradients.size() + " gradients for " + parameters.size() + " parameters");
    }
    for (int i = 0; i < gradients.size(); i++) {
      if (!parameters.get(i).isFrozen()) {
        require(kind, parameters.get(i), gradients.get(i));
      }
    }
  }

  private static void require(String kind, Parameter parameter, Tensor gradient) {
    String name = kind + ": " + parameter.name();
    Tensor value = parameter.tensor();
    if (value == null) {
      throw new IllegalStateException(name + " has no value yet; initialise its model first");
    }
    if (gradient == null) {
      throw new IllegalArgumentException(
          name + " has no gradient; null will do for frozen parameters only");
    }
    if (!gradient.shape().equals(value.shape())) {
      throw new IllegalArgumentException(
          name + " is " + value.shape() + ", its gradient " + gradient.shape());
    }
    if (gradient.dtype() != value.dtype()) {
      throw new IllegalArgumentException(
          name + " is " + value.dtype() + ", its gradient " + gradient.dtype());
    }
  }
}
