package io.github.trimaran.optim;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimiser that treats each parameter by itself, and for each remembers some tensors of its
 * shape, its slots, which start at 0.
 *
 * <p>Settings are changed by methods that return a changed copy; do so before the first step.
 */
public abstract class AbstractOptimizer implements Optimizer {

  private static final String STEP = "step";

  private final List<Parameter> parameters;
  private final LearningRate learningRate;
  private final List<String> slotNames;
  private final Map<String, Tensor> slots = new LinkedHashMap<>();
  private long steps;

  /**
   * For subclasses.
   *
   * @param slotNames what to remember of each parameter
   */
  protected AbstractOptimizer(
      List<Parameter> parameters, LearningRate learningRate, List<String> slotNames) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("optimiser: there are no parameters");
    }
    this.parameters = List.copyOf(parameters);
    this.learningRate = learningRate;
    this.slotNames = List.copyOf(slotNames);
  }

  /**
   * Changes one parameter.
   *
   * @param rate the learning rate of this step
   * @param t the number of this step, from 1
   */
  protected abstract void update(Parameter parameter, Tensor gradient, double rate, long t);

  /** What is remembered of a parameter under that name. */
  protected final Tensor slot(Parameter parameter, String slotName) {
    return slots.get(parameter.name() + "." + slotName);
  }

  /** {@code decay} for weights, 0 for biases and normalisations. */
  protected static double decayOf(Parameter parameter, double decay) {
    return parameter.isWeight() ? decay : 0;
  }

  /** The schedule. */
  protected final LearningRate schedule() {
    return learningRate;
  }

  @Override
  public final List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public final void step(List<Tensor> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "optimiser: " + gradients.size() + " gradients for " + parameters.size() + " parameters");
    }
    makeSlots();
    double rate = learningRate();
    steps++;
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the optimiser's step")) {
      for (int i = 0; i < gradients.size(); i++) {
        update(parameters.get(i), gradients.get(i), rate, steps);
      }
    }
  }

  private void makeSlots() {
    if (!slots.isEmpty()) {
      return;
    }
    for (Parameter parameter : parameters) {
      Tensor value = parameter.tensor();
      for (String slotName : slotNames) {
        slots.put(
            parameter.name() + "." + slotName,
            Tensor.zeros(value.backend(), value.shape(), value.dtype()).persist());
      }
    }
  }

  @Override
  public final long steps() {
    return steps;
  }

  @Override
  public final double learningRate() {
    return learningRate.at(steps);
  }

  @Override
  public final StateDict state() {
    makeSlots();
    Map<String, HostArray> values = new LinkedHashMap<>();
    values.put(STEP, HostArray.of(new long[] {steps}, Shape.scalar()));
    slots.forEach((name, tensor) -> values.put(name, tensor.toHost()));
    return StateDict.of(values);
  }

  @Override
  public final void restore(StateDict state) {
    makeSlots();
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put(STEP, Shape.scalar());
    slots.forEach((name, tensor) -> expected.put(name, tensor.shape()));
    state.requireMatch(getClass().getSimpleName(), expected);
    steps = state.get(STEP).to(DType.INT64).longs()[0];
    slots.forEach(
        (name, tensor) -> {
          try (Scope scope = Scope.open("the restoring of an optimiser")) {
            tensor.assign(Tensor.of(tensor.backend(), state.get(name).to(tensor.dtype())));
          }
        });
  }

  @Override
  public final void close() {
    slots.values().forEach(tensor -> tensor.close("the close of the optimiser"));
    slots.clear();
  }
}
