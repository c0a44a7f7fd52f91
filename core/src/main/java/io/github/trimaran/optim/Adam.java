package io.github.trimaran.optim;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1); with weight decay it is AdamW (Loshchilov and Hutter
 * 2019, algorithm 2). Formula in {@link AdamStep}.
 */
public final class Adam extends AbstractOptimizer {

  private static final String MEAN = "mean";
  private static final String SQUARE = "square";

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;

  private Adam(
      List<Parameter> parameters,
      LearningRate learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay) {
    super(parameters, learningRate, List.of(MEAN, SQUARE));
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
  }

  /** With the paper's settings, beta 0.9 and 0.999, epsilon 1e-8, and no weight decay. */
  public Adam(List<Parameter> parameters, LearningRate learningRate) {
    this(parameters, learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /** AdamW with that weight decay, else as {@link #Adam}. */
  public static Adam adamW(
      List<Parameter> parameters, LearningRate learningRate, double weightDecay) {
    return new Adam(parameters, learningRate).weightDecay(weightDecay);
  }

  /** The same with other decays of the mean and of the mean square. */
  public Adam betas(double newBeta1, double newBeta2) {
    Settings.requireFraction("Adam: beta1", newBeta1);
    Settings.requireFraction("Adam: beta2", newBeta2);
    return new Adam(parameters(), schedule(), newBeta1, newBeta2, epsilon, weightDecay);
  }

  /** The same with another addition to the divisor. */
  public Adam epsilon(double value) {
    Settings.requirePositive("Adam: epsilon", value);
    return new Adam(parameters(), schedule(), beta1, beta2, value, weightDecay);
  }

  /** The same with decoupled decay of the weights, not of biases and normalisations. */
  public Adam weightDecay(double value) {
    Settings.requireNotNegative("Adam: weight decay", value);
    return new Adam(parameters(), schedule(), beta1, beta2, epsilon, value);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, double rate, long t) {
    AdamStep step =
        new AdamStep(
            rate,
            beta1,
            beta2,
            epsilon,
            decayOf(parameter, weightDecay),
            1 - Math.pow(beta1, (double) t),
            1 - Math.pow(beta2, (double) t));
    Updates.adam(
        parameter.tensor(), gradient, slot(parameter, MEAN), slot(parameter, SQUARE), step);
  }
}
