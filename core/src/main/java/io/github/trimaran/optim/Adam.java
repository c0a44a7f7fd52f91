package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), as PyTorch's {@code Adam} has it: weight decay, if there
 * is any, is part of the gradient. {@link AdamW} keeps it apart.
 *
 * <pre>{@code
 * Optimizer adam = new Adam(model.parameters(), 1e-3).betas(0.9, 0.99);
 * }</pre>
 *
 * <pre>
 * m = beta1 * m + (1 - beta1) * g
 * s = beta2 * s + (1 - beta2) * g^2
 * w = w - rate * (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>Betas 0.9 and 0.999, epsilon 1e-8, no weight decay unless they are set.
 */
public final class Adam extends AdamFamily<Adam> {

  /** With the paper's settings. */
  public Adam(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate, Decay.NONE);
  }

  /** The same at a constant rate. */
  public Adam(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private Adam(Adam other) {
    super(other);
  }

  @Override
  protected Adam copy() {
    return new Adam(this);
  }

  /** The same dividing by the largest mean square so far (Reddi et al. 2018). */
  public Adam amsgrad() {
    return withAmsgrad();
  }
}
