package io.github.trimaran.optim;

import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.List;

/**
 * Stochastic gradient descent with momentum (Polyak 1964), as PyTorch's {@code SGD} has it.
 *
 * <pre>{@code
 * Optimizer sgd =
 *     new Sgd(model.parameters(), 0.1).momentum(0.9).nesterov().weightDecay(5e-4);
 * }</pre>
 *
 * <pre>
 * v = momentum * v + (1 - dampening) * g          (v = g in the first step)
 * w = w - rate * v                                (nesterov: g + momentum * v)
 * </pre>
 *
 * <p>No momentum, dampening or weight decay unless they are set.
 */
public final class Sgd extends AbstractOptimizer<Sgd> {

  private static final String VELOCITY = "velocity";

  /** Null for none. */
  private Schedule momentum;

  private double dampening;
  private boolean nesterov;

  /** Plain descent. */
  public Sgd(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate);
  }

  /** The same at a constant rate. */
  public Sgd(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private Sgd(Sgd other) {
    super(other);
    momentum = other.momentum;
    dampening = other.dampening;
    nesterov = other.nesterov;
  }

  @Override
  protected Sgd copy() {
    return new Sgd(this);
  }

  /** The same with momentum, at least 0 and below 1. */
  public Sgd momentum(double value) {
    Settings.requireFraction("Sgd: momentum", value);
    return momentum(value == 0 ? null : step -> value);
  }

  /** The same with a momentum that changes, such as {@link OneCycle#momentum}. */
  public Sgd momentum(Schedule schedule) {
    return changed(copy -> copy.momentum = schedule);
  }

  /** The same with only so much less of each gradient after the first in the momentum. */
  public Sgd dampening(double value) {
    Settings.requireFraction("Sgd: dampening", value);
    return changed(copy -> copy.dampening = value).checked();
  }

  /** The same looking ahead (Sutskever et al. 2013). */
  public Sgd nesterov() {
    return changed(copy -> copy.nesterov = true).checked();
  }

  private Sgd checked() {
    if (nesterov && dampening != 0) {
      throw new IllegalArgumentException("Sgd: Nesterov's momentum has no dampening");
    }
    return this;
  }

  @Override
  protected List<String> slotNames() {
    return momentum == null ? List.of() : List.of(VELOCITY);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor velocity = momentum == null ? null : slot(parameter, VELOCITY);
    double kept = momentum == null ? 0 : momentum.at(turn.step());
    boolean damped = dampening != 0 && velocity != null && turn.t() > 1;
    Updates.sgd(
        parameter.tensor(),
        damped ? gradient.mul(1 - dampening) : gradient,
        velocity,
        new SgdStep(turn.rate(), kept, nesterov, turn.decay()));
  }
}
