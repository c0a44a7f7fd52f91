package io.github.trimaran.optim;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A second set of a model's parameters and buffers, on its backend. The model's own values that are
 * frozen are never changed by it.
 */
final class ShadowValues implements AutoCloseable {

  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final Map<String, Tensor> shadows = new LinkedHashMap<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /** Starts as a copy of the model's values. */
  ShadowValues(Model model) {
    for (Parameter parameter : model.parameters()) {
      values.put(parameter.name(), parameter.tensor());
      parameters.put(parameter.name(), parameter);
    }
    values.putAll(model.buffers());
    values.forEach(
        (name, value) -> shadows.put(name, Tensor.of(value.backend(), value.toHost()).persist()));
  }

  /**
   * {@code shadow = decay * shadow + (1 - decay) * value}, in the form that leaves equal numbers as
   * they are: those of frozen parts do not drift. Counts are taken as they are.
   */
  void moveTowardsModel(double decay) {
    inPlace(
        name -> true,
        (shadow, value) ->
            shadow.assign(
                shadow.dtype().isFloating()
                    ? shadow.add(value.sub(shadow).mul(1 - decay))
                    : value));
  }

  void copyToModel() {
    inPlace(this::isTrained, (shadow, value) -> value.assign(shadow));
  }

  void swapWithModel() {
    inPlace(
        this::isTrained,
        (shadow, value) -> {
          Tensor kept = value.mul(1);
          value.assign(shadow);
          shadow.assign(kept);
        });
  }

  private boolean isTrained(String name) {
    Parameter parameter = parameters.get(name);
    return parameter == null || !parameter.isFrozen();
  }

  private interface Change {
    void apply(Tensor shadow, Tensor value);
  }

  private void inPlace(Predicate<String> which, Change change) {
    try (GradMode off = GradMode.disable()) {
      shadows.forEach(
          (name, shadow) -> {
            if (which.test(name)) {
              try (Scope scope = Scope.open("the average of weights")) {
                change.apply(shadow, values.get(name).detach());
              }
            }
          });
    }
  }

  StateDict state() {
    Map<String, HostArray> copies = new LinkedHashMap<>();
    shadows.forEach((name, shadow) -> copies.put(name, shadow.toHost()));
    return StateDict.of(copies);
  }

  void restore(StateDict state) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    shadows.forEach((name, shadow) -> expected.put(name, shadow.shape()));
    state.requireMatch("the average of weights", expected);
    inPlaceFrom(state);
  }

  private void inPlaceFrom(StateDict state) {
    shadows.forEach(
        (name, shadow) -> {
          try (Scope scope = Scope.open("the restoring of an average")) {
            shadow.assign(Tensor.of(shadow.backend(), state.get(name).to(shadow.dtype())));
          }
        });
  }

  @Override
  public void close() {
    shadows.values().forEach(shadow -> shadow.close("the close of the average"));
  }
}
