package io.github.trimaran.optim;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks"): momentum
 * whose direction, seen as a matrix {@code [F, rest]}, is replaced by a nearly orthogonal one.
 *
 * <pre>{@code
 * Optimizer both =
 *     new OptimizerGroup(new Muon(matrices, 0.02).momentum(0.95), new AdamW(others, 1e-3));
 * }</pre>
 *
 * <pre>
 * v = momentum * v + g
 * d = orthogonalise(g + momentum * v)
 * w = (1 - rate * decay) * w - rate * sqrt(max(1, F / rest)) * d
 * </pre>
 *
 * <p>For weights of two axes or more; give the other parameters to another optimiser, see {@link
 * OptimizerGroup}. Momentum 0.95, no weight decay unless they are set; the decay is decoupled.
 * Matrices of one shape are orthogonalised together, in fewer and larger products.
 */
public final class Muon extends AbstractOptimizer<Muon> {

  private static final String VELOCITY = "velocity";

  private Schedule momentum = step -> 0.95;
  private int newtonSchulzSteps = 5;
  private boolean normalizing;

  /** With the usual settings. */
  public Muon(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate, Decay.NONE.apart());
    parameters.stream().filter(each -> each.tensor() != null).forEach(Muon::requireMatrix);
  }

  private static void requireMatrix(Parameter parameter) {
    if (parameter.tensor().shape().rank() < 2) {
      throw new IllegalArgumentException(
          "Muon: "
              + parameter.name()
              + " "
              + parameter.tensor().shape()
              + " is no matrix; give it to another optimiser of an OptimizerGroup");
    }
  }

  /** The same at a constant rate. */
  public Muon(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private Muon(Muon other) {
    super(other);
    momentum = other.momentum;
    newtonSchulzSteps = other.newtonSchulzSteps;
    normalizing = other.normalizing;
  }

  @Override
  protected Muon copy() {
    return new Muon(this);
  }

  /** The same with another momentum, at least 0 and below 1. */
  public Muon momentum(double value) {
    Settings.requireFraction("Muon: momentum", value);
    return momentum(step -> value);
  }

  /** The same with a momentum that changes. */
  public Muon momentum(Schedule schedule) {
    return changed(copy -> copy.momentum = schedule);
  }

  /**
   * The same with another number of Newton-Schulz steps, 5 unless set: fewer are cheaper and leave
   * small singular values further from 1.
   */
  public Muon newtonSchulzSteps(int steps) {
    Settings.requireSteps("Muon: Newton-Schulz steps", steps);
    return changed(copy -> copy.newtonSchulzSteps = steps);
  }

  /**
   * The same scaling each weight to the norm {@code sqrt(F)} before its step and leaving out the
   * factor {@code sqrt(max(1, F / rest))}: for convolutions before a batch norm, which does not see
   * the scale (Jordan 2024, "94% on CIFAR-10 in 2.6 seconds").
   */
  public Muon normalizingWeights() {
    return changed(copy -> copy.normalizing = true);
  }

  @Override
  protected List<String> slotNames() {
    return List.of(VELOCITY);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    updateAll(List.of(new Update(parameter, gradient, turn)));
  }

  /** Matrices of one shape are orthogonalised together. */
  @Override
  protected void updateAll(List<Update> updates) {
    Map<Kind, List<Update>> alike =
        updates.stream()
            .collect(groupingBy(each -> Kind.of(each.parameter()), LinkedHashMap::new, toList()));
    alike.forEach(
        (kind, some) -> {
          List<Tensor> directions = some.stream().map(each -> direction(each, kind)).toList();
          List<Tensor> orthogonal = NewtonSchulz.orthogonalise(directions, newtonSchulzSteps);
          for (int i = 0; i < some.size(); i++) {
            move(some.get(i), orthogonal.get(i), kind);
          }
        });
  }

  /** What parameters have in common whose matrices can be put together. */
  private record Kind(int rows, int columns, DType dtype, Backend<Object> backend) {
    static Kind of(Parameter parameter) {
      requireMatrix(parameter);
      Tensor weight = parameter.tensor();
      int rows = weight.shape().dim(0);
      return new Kind(rows, weight.shape().size() / rows, weight.dtype(), weight.backend());
    }
  }

  private Tensor direction(Update update, Kind kind) {
    Tensor gradient = update.gradient();
    Tensor velocity = slot(update.parameter(), VELOCITY);
    double kept = momentum.at(update.turn().step());
    Settings.requireFraction("Muon: momentum", kept);
    velocity.assign(velocity.mul(kept).add(gradient));
    return gradient.add(velocity.mul(kept)).reshape(kind.rows(), kind.columns());
  }

  private void move(Update update, Tensor orthogonal, Kind kind) {
    Tensor weight = update.parameter().tensor();
    double scale = normalizing ? 1 : Math.sqrt(Math.max(1, (double) kind.rows() / kind.columns()));
    Tensor change = orthogonal.mul(update.turn().rate() * scale).reshape(weight.shape());
    if (normalizing) {
      weight.assign(NewtonSchulz.withNorm(Math.sqrt(kind.rows()), weight));
    }
    move(update.parameter(), change, update.turn());
  }
}
