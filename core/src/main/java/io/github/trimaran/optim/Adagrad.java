package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Adagrad (Duchi et al. 2011), as PyTorch's {@code Adagrad} has it: each number has a rate of its
 * own, which falls with all the squares of its gradient so far. For rare features, such as words.
 *
 * <pre>{@code
 * Optimizer adagrad = new Adagrad(model.parameters(), 0.01);
 * }</pre>
 *
 * <pre>
 * s = s + g^2
 * w = w - rate / (1 + (t - 1) * rateDecay) * g / (sqrt(s) + epsilon)
 * </pre>
 *
 * <p>Epsilon 1e-10, s from 0, no rate decay and no weight decay unless they are set.
 */
public final class Adagrad extends AbstractOptimizer<Adagrad> {

  private static final String SUM = "sum";

  private double epsilon = 1e-10;
  private double rateDecay;
  private double initialSum;

  /** With PyTorch's settings. */
  public Adagrad(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate);
  }

  /** The same at a constant rate. */
  public Adagrad(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private Adagrad(Adagrad other) {
    super(other);
    epsilon = other.epsilon;
    rateDecay = other.rateDecay;
    initialSum = other.initialSum;
  }

  @Override
  protected Adagrad copy() {
    return new Adagrad(this);
  }

  /** The same with another addition to the divisor. */
  public Adagrad epsilon(double value) {
    Settings.requirePositive("Adagrad: epsilon", value);
    return changed(copy -> copy.epsilon = value);
  }

  /** The same with a rate that falls with the steps too; PyTorch's {@code lr_decay}. */
  public Adagrad rateDecay(double value) {
    Settings.requireNotNegative("Adagrad: rate decay", value);
    return changed(copy -> copy.rateDecay = value);
  }

  /** The same with sums of squares from there; PyTorch's {@code initial_accumulator_value}. */
  public Adagrad initialSum(double value) {
    Settings.requireNotNegative("Adagrad: initial sum", value);
    return changed(copy -> copy.initialSum = value);
  }

  @Override
  protected List<String> slotNames() {
    return List.of(SUM);
  }

  @Override
  protected double slotStart(String slotName) {
    return initialSum;
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor sum = slot(parameter, SUM);
    sum.assign(sum.add(gradient.mul(gradient)));
    double rate = turn.rate() / (1 + (turn.t() - 1) * rateDecay);
    move(parameter, gradient.mul(rate).div(sum.sqrt().add(epsilon)), turn);
  }
}
