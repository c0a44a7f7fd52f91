package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Rectified Adam (Liu et al. 2020, algorithm 2), as PyTorch's {@code RAdam} has it: the first
 * steps, before the mean square can be trusted, are those of momentum; then Adam's, at first
 * shortened. It needs no warm-up.
 *
 * <pre>{@code
 * Optimizer radam = new RAdam(model.parameters(), 1e-3).weightDecay(1e-4);
 * }</pre>
 *
 * <pre>
 * R = 2 / (1 - beta2) - 1,    r = R - 2 t beta2^t / (1 - beta2^t)
 * c = sqrt((r - 4) (r - 2) R / ((R - 4) (R - 2) r))
 * w = w - rate * m / (1 - beta1^t) * c * sqrt(1 - beta2^t) / (sqrt(s) + epsilon)      if r over 5
 * w = w - rate * m / (1 - beta1^t)                                                    else
 * </pre>
 *
 * <p>with {@link Adam}'s m and s. Betas 0.9 and 0.999, epsilon 1e-8, no weight decay unless they
 * are set.
 */
public final class RAdam extends AdamFamily<RAdam> {

  /** With PyTorch's settings. */
  public RAdam(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate, Decay.NONE);
  }

  /** The same at a constant rate. */
  public RAdam(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private RAdam(RAdam other) {
    super(other);
  }

  @Override
  protected RAdam copy() {
    return new RAdam(this);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor mean = newMean(parameter, gradient, turn);
    Tensor square = newSquare(parameter, gradient);
    double correction = correction(beta2(), turn);
    double longest = 2 / (1 - beta2()) - 1;
    double length = longest - 2 * turn.t() * (1 - correction) / correction;
    Tensor change = mean.mul(turn.rate() / correction(beta1(turn), turn));
    if (length > 5) {
      double rectified =
          Math.sqrt(
              (length - 4)
                  * (length - 2)
                  * longest
                  / ((longest - 4) * (longest - 2) * length)
                  * correction);
      change = change.mul(rectified).div(square.sqrt().add(epsilon()));
    }
    move(parameter, change, turn);
  }
}
