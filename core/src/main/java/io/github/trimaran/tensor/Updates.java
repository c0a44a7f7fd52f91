package io.github.trimaran.tensor;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * In-place updates of parameters by one step of an optimiser: one pass where the backend fuses it,
 * else composed. Never recorded. All tensors of one call have one shape and dtype.
 *
 * <pre>{@code
 * Updates.sgd(parameter, gradient, velocity, new SgdStep(0.1, 0.9, false, 0));
 * }</pre>
 */
public final class Updates {

  private Updates() {}

  /** See {@link SgdStep}. {@code velocity} is null without momentum. */
  public static void sgd(Tensor parameter, Tensor gradient, Tensor velocity, SgdStep step) {
    prepare("sgd", parameter, gradient, velocity);
    Object velocityArray = velocity == null ? null : velocity.array();
    if (parameter.backend().sgdUpdate(parameter.array(), gradient.array(), velocityArray, step)) {
      return;
    }
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the SGD update")) {
      Tensor direction = gradient;
      if (velocity != null) {
        velocity.assign(velocity.mul(step.momentum()).add(gradient));
        direction = step.nesterov() ? gradient.add(velocity.mul(step.momentum())) : velocity;
      }
      parameter.assign(
          decayed(parameter, step.rate(), step.decay()).sub(direction.mul(step.rate())));
    }
  }

  /** See {@link AdamStep}. */
  public static void adam(
      Tensor parameter, Tensor gradient, Tensor mean, Tensor square, AdamStep step) {
    prepare("adam", parameter, gradient, mean, square);
    if (parameter
        .backend()
        .adamUpdate(parameter.array(), gradient.array(), mean.array(), square.array(), step)) {
      return;
    }
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the Adam update")) {
      mean.assign(mean.mul(step.beta1()).add(gradient.mul(1 - step.beta1())));
      square.assign(square.mul(step.beta2()).add(gradient.mul(gradient).mul(1 - step.beta2())));
      Tensor root = square.div(step.correction2()).sqrt().add(step.epsilon());
      Tensor change = mean.mul(step.rate() / step.correction1()).div(root);
      parameter.assign(decayed(parameter, step.rate(), step.decay()).sub(change));
    }
  }

  /** See {@link RmsPropStep}. {@code velocity} is null without momentum. */
  public static void rmsProp(
      Tensor parameter, Tensor gradient, Tensor square, Tensor velocity, RmsPropStep step) {
    prepare("rmsProp", parameter, gradient, square, velocity);
    Object velocityArray = velocity == null ? null : velocity.array();
    if (parameter
        .backend()
        .rmsPropUpdate(parameter.array(), gradient.array(), square.array(), velocityArray, step)) {
      return;
    }
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the RMSProp update")) {
      square.assign(square.mul(step.alpha()).add(gradient.mul(gradient).mul(1 - step.alpha())));
      Tensor direction = gradient.div(square.sqrt().add(step.epsilon()));
      if (velocity != null) {
        velocity.assign(velocity.mul(step.momentum()).add(direction));
        direction = velocity;
      }
      parameter.assign(
          decayed(parameter, step.rate(), step.decay()).sub(direction.mul(step.rate())));
    }
  }

  private static Tensor decayed(Tensor parameter, double rate, double decay) {
    return decay == 0 ? parameter : parameter.mul(1 - rate * decay);
  }

  private static void prepare(String name, Tensor parameter, Tensor gradient, Tensor... states) {
    Op.commonDType(name, parameter, gradient);
    if (!parameter.shape().equals(gradient.shape())) {
      throw Op.error(name, "parameter and gradient differ in shape", parameter, gradient);
    }
    // What was made of them before keeps its values, see Tensor.assign.
    parameter.own();
    Stream.of(states).filter(Objects::nonNull).forEach(Tensor::own);
  }
}
