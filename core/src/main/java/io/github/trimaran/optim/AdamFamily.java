package io.github.trimaran.optim;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.List;

/**
 * What Adam and its relatives share: running means of the gradient and of its square, from which
 * each makes its step. Their settings are PyTorch's.
 */
abstract class AdamFamily<O extends AdamFamily<O>> extends AbstractOptimizer<O> {

  private static final String MEAN = "mean";
  private static final String SQUARE = "square";
  private static final String LARGEST = "largest";

  private Schedule beta1 = step -> 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-8;
  private boolean amsgrad;

  AdamFamily(List<Parameter> parameters, LearningRate learningRate, Decay decay) {
    super(parameters, learningRate, decay);
  }

  AdamFamily(AdamFamily<O> other) {
    super(other);
    beta1 = other.beta1;
    beta2 = other.beta2;
    epsilon = other.epsilon;
    amsgrad = other.amsgrad;
  }

  /** The same with other decays of the mean, at first 0.9, and of the mean square, 0.999. */
  public final O betas(double newBeta1, double newBeta2) {
    Settings.requireFraction(kind() + ": beta1", newBeta1);
    return betas(step -> newBeta1, newBeta2);
  }

  /** The same with a decay of the mean that changes, such as {@link OneCycle#momentum}. */
  public final O betas(Schedule newBeta1, double newBeta2) {
    Settings.requireFraction(kind() + ": beta2", newBeta2);
    return changed(
        copy -> {
          AdamFamily<O> made = copy;
          made.beta1 = newBeta1;
          made.beta2 = newBeta2;
        });
  }

  /** The same with another addition to the divisor, at first 1e-8. */
  public final O epsilon(double value) {
    Settings.requirePositive(kind() + ": epsilon", value);
    return changed(copy -> ((AdamFamily<O>) copy).epsilon = value);
  }

  final O withAmsgrad() {
    return changed(copy -> ((AdamFamily<O>) copy).amsgrad = true);
  }

  @Override
  protected final List<String> slotNames() {
    return amsgrad ? List.of(MEAN, SQUARE, LARGEST) : List.of(MEAN, SQUARE);
  }

  final double beta1(Turn turn) {
    return beta1.at(turn.step());
  }

  final double beta2() {
    return beta2;
  }

  final double epsilon() {
    return epsilon;
  }

  /** {@code 1 - beta^t}, what a running mean of ones has come to. */
  static double correction(double beta, Turn turn) {
    return 1 - Math.pow(beta, (double) turn.t());
  }

  /** {@code m = beta1 * m + (1 - beta1) * g}. */
  final Tensor newMean(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor mean = slot(parameter, MEAN);
    mean.assign(mean.mul(beta1(turn)).add(gradient.mul(1 - beta1(turn))));
    return mean;
  }

  /** {@code s = beta2 * s + (1 - beta2) * g^2}. */
  final Tensor newSquare(Parameter parameter, Tensor gradient) {
    Tensor square = slot(parameter, SQUARE);
    square.assign(square.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2)));
    return square;
  }

  /** {@code sqrt(s / (1 - beta2^t)) + epsilon}. */
  final Tensor root(Tensor square, Turn turn) {
    return square.div(correction(beta2, turn)).sqrt().add(epsilon);
  }

  /** Adam's own; NAdam and RAdam have others. */
  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    if (amsgrad) {
      Tensor mean = newMean(parameter, gradient, turn);
      Tensor largest = slot(parameter, LARGEST);
      largest.assign(largest.maximum(newSquare(parameter, gradient)));
      double rate = turn.rate() / correction(beta1(turn), turn);
      move(parameter, mean.mul(rate).div(root(largest, turn)), turn);
      return;
    }
    AdamStep step =
        new AdamStep(
            turn.rate(),
            beta1(turn),
            beta2,
            epsilon,
            turn.decay(),
            correction(beta1(turn), turn),
            correction(beta2, turn));
    Updates.adam(
        parameter.tensor(), gradient, slot(parameter, MEAN), slot(parameter, SQUARE), step);
  }
}
