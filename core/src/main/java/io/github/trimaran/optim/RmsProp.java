package io.github.trimaran.optim;

import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.ArrayList;
import java.util.List;

/** RMSProp (Hinton 2012, lecture 6e) as PyTorch writes it; formula in {@link RmsPropStep}. */
public final class RmsProp extends AbstractOptimizer {

  private static final String SQUARE = "square";
  private static final String VELOCITY = "velocity";

  private final double alpha;
  private final double epsilon;
  private final double momentum;
  private final double weightDecay;

  private RmsProp(
      List<Parameter> parameters,
      LearningRate learningRate,
      double alpha,
      double epsilon,
      double momentum,
      double weightDecay) {
    super(parameters, learningRate, slots(momentum));
    this.alpha = alpha;
    this.epsilon = epsilon;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
  }

  private static List<String> slots(double momentum) {
    List<String> names = new ArrayList<>(List.of(SQUARE));
    if (momentum != 0) {
      names.add(VELOCITY);
    }
    return names;
  }

  /** Alpha 0.99, epsilon 1e-8, no momentum, no weight decay. */
  public RmsProp(List<Parameter> parameters, LearningRate learningRate) {
    this(parameters, learningRate, 0.99, 1e-8, 0, 0);
  }

  /** The same with another decay of the mean square. */
  public RmsProp alpha(double value) {
    Settings.requireFraction("RmsProp: alpha", value);
    return new RmsProp(parameters(), schedule(), value, epsilon, momentum, weightDecay);
  }

  /** The same with another addition to the divisor. */
  public RmsProp epsilon(double value) {
    Settings.requirePositive("RmsProp: epsilon", value);
    return new RmsProp(parameters(), schedule(), alpha, value, momentum, weightDecay);
  }

  /** The same with momentum. */
  public RmsProp momentum(double value) {
    Settings.requireFraction("RmsProp: momentum", value);
    return new RmsProp(parameters(), schedule(), alpha, epsilon, value, weightDecay);
  }

  /** The same with decoupled decay of the weights, not of biases and normalisations. */
  public RmsProp weightDecay(double value) {
    Settings.requireNotNegative("RmsProp: weight decay", value);
    return new RmsProp(parameters(), schedule(), alpha, epsilon, momentum, value);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, double rate, long t) {
    Updates.rmsProp(
        parameter.tensor(),
        gradient,
        slot(parameter, SQUARE),
        momentum == 0 ? null : slot(parameter, VELOCITY),
        new RmsPropStep(rate, alpha, epsilon, momentum, decayOf(parameter, weightDecay)));
  }
}
