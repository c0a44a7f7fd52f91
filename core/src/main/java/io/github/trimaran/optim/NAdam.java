package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Adam with Nesterov's momentum (Dozat 2016), as PyTorch's {@code NAdam} has it.
 *
 * <pre>{@code
 * Optimizer nadam = new NAdam(model.parameters(), 2e-3).weightDecay(1e-4);
 * }</pre>
 *
 * <pre>
 * mu(t) = beta1 * (1 - 0.5 * 0.96^(t * momentumDecay)),    M(t) = mu(1) * ... * mu(t)
 * d = (1 - mu(t)) / (1 - M(t)) * g + mu(t + 1) / (1 - M(t + 1)) * m
 * w = w - rate * d / (sqrt(s / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>with {@link Adam}'s m and s. Betas 0.9 and 0.999, epsilon 1e-8, momentum decay 4e-3, no weight
 * decay unless they are set.
 */
public final class NAdam extends AdamFamily<NAdam> {

  /** A product this small no longer changes its difference to 1. */
  private static final double NOTHING = 1e-17;

  private double momentumDecay = 4e-3;

  /** With PyTorch's settings. */
  public NAdam(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate, Decay.NONE);
  }

  /** The same at a constant rate. */
  public NAdam(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private NAdam(NAdam other) {
    super(other);
    momentumDecay = other.momentumDecay;
  }

  @Override
  protected NAdam copy() {
    return new NAdam(this);
  }

  /** The same with a momentum that grows from half of beta1 at another pace. */
  public NAdam momentumDecay(double value) {
    Settings.requireNotNegative("NAdam: momentum decay", value);
    return changed(copy -> copy.momentumDecay = value);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor mean = newMean(parameter, gradient, turn);
    Tensor root = root(newSquare(parameter, gradient), turn);
    double mu = mu(turn.t(), turn);
    double next = mu(turn.t() + 1, turn);
    double product = product(turn);
    Tensor direction =
        gradient.mul((1 - mu) / (1 - product)).add(mean.mul(next / (1 - product * next)));
    move(parameter, direction.mul(turn.rate()).div(root), turn);
  }

  private double mu(long t, Turn turn) {
    return beta1(turn) * (1 - 0.5 * Math.pow(0.96, t * momentumDecay));
  }

  private double product(Turn turn) {
    double product = 1;
    for (long t = 1; t <= turn.t() && product > NOTHING; t++) {
      product *= mu(t, turn);
    }
    return product;
  }
}
