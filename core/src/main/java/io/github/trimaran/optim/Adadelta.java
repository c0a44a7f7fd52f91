package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Adadelta (Zeiler 2012, algorithm 1), as PyTorch's {@code Adadelta} has it: steps as large as the
 * last ones were, so that a rate of 1 is usual.
 *
 * <pre>{@code
 * Optimizer adadelta = new Adadelta(model.parameters(), 1);
 * }</pre>
 *
 * <pre>
 * s = rho * s + (1 - rho) * g^2
 * d = sqrt(u + epsilon) / sqrt(s + epsilon) * g
 * u = rho * u + (1 - rho) * d^2
 * w = w - rate * d
 * </pre>
 *
 * <p>Rho 0.9, epsilon 1e-6, no weight decay unless they are set.
 */
public final class Adadelta extends AbstractOptimizer<Adadelta> {

  private static final String SQUARE = "square";
  private static final String CHANGE = "change";

  private double rho = 0.9;
  private double epsilon = 1e-6;

  /** With PyTorch's settings. */
  public Adadelta(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate);
  }

  /** The same at a constant rate. */
  public Adadelta(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private Adadelta(Adadelta other) {
    super(other);
    rho = other.rho;
    epsilon = other.epsilon;
  }

  @Override
  protected Adadelta copy() {
    return new Adadelta(this);
  }

  /** The same with another decay of the mean squares. */
  public Adadelta rho(double value) {
    Settings.requireFraction("Adadelta: rho", value);
    return changed(copy -> copy.rho = value);
  }

  /** The same with another addition below the roots. */
  public Adadelta epsilon(double value) {
    Settings.requirePositive("Adadelta: epsilon", value);
    return changed(copy -> copy.epsilon = value);
  }

  @Override
  protected List<String> slotNames() {
    return List.of(SQUARE, CHANGE);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor square = slot(parameter, SQUARE);
    Tensor change = slot(parameter, CHANGE);
    square.assign(square.mul(rho).add(gradient.mul(gradient).mul(1 - rho)));
    Tensor direction = change.add(epsilon).div(square.add(epsilon)).sqrt().mul(gradient);
    change.assign(change.mul(rho).add(direction.mul(direction).mul(1 - rho)));
    move(parameter, direction.mul(turn.rate()), turn);
  }
}
