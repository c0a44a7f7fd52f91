package io.github.trimaran.optim;

import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSProp (Hinton 2012, lecture 6e), as PyTorch's {@code RMSprop} has it.
 *
 * <pre>{@code
 * Optimizer rmsProp = new RmsProp(model.parameters(), 0.01).momentum(0.9).centered();
 * }</pre>
 *
 * <pre>
 * s = alpha * s + (1 - alpha) * g^2
 * v = momentum * v + g / (sqrt(s) + epsilon)      (no v without momentum)
 * w = w - rate * v
 * </pre>
 *
 * <p>Centred (Graves 2013, equations 38 to 45), with the mean {@code m = alpha * m + (1 - alpha) *
 * g}, it divides by {@code sqrt(s - m^2) + epsilon}. Alpha 0.99, epsilon 1e-8, no momentum and no
 * weight decay unless they are set.
 */
public final class RmsProp extends AbstractOptimizer<RmsProp> {

  private static final String SQUARE = "square";
  private static final String MEAN = "mean";
  private static final String VELOCITY = "velocity";

  private double alpha = 0.99;
  private double epsilon = 1e-8;

  /** Null for none. */
  private Schedule momentum;

  private boolean centered;

  /** With PyTorch's settings. */
  public RmsProp(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate);
  }

  /** The same at a constant rate. */
  public RmsProp(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private RmsProp(RmsProp other) {
    super(other);
    alpha = other.alpha;
    epsilon = other.epsilon;
    momentum = other.momentum;
    centered = other.centered;
  }

  @Override
  protected RmsProp copy() {
    return new RmsProp(this);
  }

  /** The same with another decay of the mean square. */
  public RmsProp alpha(double value) {
    Settings.requireFraction("RmsProp: alpha", value);
    return changed(copy -> copy.alpha = value);
  }

  /** The same with another addition to the divisor. */
  public RmsProp epsilon(double value) {
    Settings.requirePositive("RmsProp: epsilon", value);
    return changed(copy -> copy.epsilon = value);
  }

  /** The same with momentum, at least 0 and below 1. */
  public RmsProp momentum(double value) {
    Settings.requireFraction("RmsProp: momentum", value);
    return momentum(value == 0 ? null : step -> value);
  }

  /** The same with a momentum that changes, such as {@link OneCycle#momentum}. */
  public RmsProp momentum(Schedule schedule) {
    return changed(copy -> copy.momentum = schedule);
  }

  /**
   * The same dividing by the standard deviation of the gradient instead of its root mean square.
   */
  public RmsProp centered() {
    return changed(copy -> copy.centered = true);
  }

  @Override
  protected List<String> slotNames() {
    List<String> names = new ArrayList<>(List.of(SQUARE));
    if (centered) {
      names.add(MEAN);
    }
    if (momentum != null) {
      names.add(VELOCITY);
    }
    return names;
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor square = slot(parameter, SQUARE);
    Tensor velocity = momentum == null ? null : slot(parameter, VELOCITY);
    double kept = momentum == null ? 0 : momentum.at(turn.step());
    if (!centered) {
      Updates.rmsProp(
          parameter.tensor(),
          gradient,
          square,
          velocity,
          new RmsPropStep(turn.rate(), alpha, epsilon, kept, turn.decay()));
      return;
    }
    Tensor mean = slot(parameter, MEAN);
    square.assign(square.mul(alpha).add(gradient.mul(gradient).mul(1 - alpha)));
    mean.assign(mean.mul(alpha).add(gradient.mul(1 - alpha)));
    Tensor direction = gradient.div(square.sub(mean.mul(mean)).sqrt().add(epsilon));
    if (velocity != null) {
      velocity.assign(velocity.mul(kept).add(direction));
      direction = velocity;
    }
    move(parameter, direction.mul(turn.rate()), turn);
  }
}
