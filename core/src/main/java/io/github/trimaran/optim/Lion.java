package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Lion (Chen et al. 2023, "Symbolic discovery of optimization algorithms", program 1): each number
 * moves by the learning rate up or down. It takes a rate 3 to 10 times smaller than AdamW's, and a
 * decay as much larger, and remembers half as much.
 *
 * <pre>{@code
 * Optimizer lion = new Lion(model.parameters(), 1e-4).weightDecay(0.1);
 * }</pre>
 *
 * <pre>
 * w = (1 - rate * decay) * w - rate * sign(beta1 * m + (1 - beta1) * g)
 * m = beta2 * m + (1 - beta2) * g
 * </pre>
 *
 * <p>Betas 0.9 and 0.99, no weight decay unless they are set; the decay is decoupled.
 */
public final class Lion extends AbstractOptimizer<Lion> {

  private static final String MEAN = "mean";

  private double beta1 = 0.9;
  private double beta2 = 0.99;

  /** With the paper's settings. */
  public Lion(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate, Decay.NONE.apart());
  }

  /** The same at a constant rate. */
  public Lion(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private Lion(Lion other) {
    super(other);
    beta1 = other.beta1;
    beta2 = other.beta2;
  }

  @Override
  protected Lion copy() {
    return new Lion(this);
  }

  /** The same with other decays of the mean: in the step, and from step to step. */
  public Lion betas(double newBeta1, double newBeta2) {
    Settings.requireFraction("Lion: beta1", newBeta1);
    Settings.requireFraction("Lion: beta2", newBeta2);
    return changed(
        copy -> {
          copy.beta1 = newBeta1;
          copy.beta2 = newBeta2;
        });
  }

  @Override
  protected List<String> slotNames() {
    return List.of(MEAN);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor mean = slot(parameter, MEAN);
    Tensor direction = mean.mul(beta1).add(gradient.mul(1 - beta1)).sign();
    mean.assign(mean.mul(beta2).add(gradient.mul(1 - beta2)));
    move(parameter, direction.mul(turn.rate()), turn);
  }
}
