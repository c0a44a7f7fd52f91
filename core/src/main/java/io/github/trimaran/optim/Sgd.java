package io.github.trimaran.optim;

import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.List;

/**
 * Stochastic gradient descent, with momentum (Polyak 1964) as PyTorch writes it, Nesterov's if
 * asked (Sutskever et al. 2013); formula in {@link SgdStep}.
 */
public final class Sgd extends AbstractOptimizer {

  private static final String VELOCITY = "velocity";

  private final double momentum;
  private final boolean nesterov;
  private final double weightDecay;
  private final boolean decayingAll;

  private Sgd(
      List<Parameter> parameters,
      LearningRate learningRate,
      double momentum,
      boolean nesterov,
      double weightDecay,
      boolean decayingAll) {
    super(parameters, learningRate, momentum == 0 ? List.of() : List.of(VELOCITY));
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.weightDecay = weightDecay;
    this.decayingAll = decayingAll;
  }

  /** Without momentum and weight decay. */
  public Sgd(List<Parameter> parameters, LearningRate learningRate) {
    this(parameters, learningRate, 0, false, 0, false);
  }

  /** The same with momentum, at least 0 and below 1. */
  public Sgd momentum(double value) {
    Settings.requireFraction("Sgd: momentum", value);
    return new Sgd(parameters(), schedule(), value, nesterov, weightDecay, decayingAll);
  }

  /** The same looking ahead. */
  public Sgd nesterov() {
    return new Sgd(parameters(), schedule(), momentum, true, weightDecay, decayingAll);
  }

  /** The same with decoupled decay of the weights, not of biases and normalisations. */
  public Sgd weightDecay(double value) {
    Settings.requireNotNegative("Sgd: weight decay", value);
    return new Sgd(parameters(), schedule(), momentum, nesterov, value, decayingAll);
  }

  /** The same with the decay on biases and normalisations too. */
  public Sgd decayingAll() {
    return new Sgd(parameters(), schedule(), momentum, nesterov, weightDecay, true);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, double rate, long t) {
    Tensor velocity = momentum == 0 ? null : slot(parameter, VELOCITY);
    double decay = decayingAll ? weightDecay : decayOf(parameter, weightDecay);
    Updates.sgd(
        parameter.tensor(), gradient, velocity, new SgdStep(rate, momentum, nesterov, decay));
  }
}
