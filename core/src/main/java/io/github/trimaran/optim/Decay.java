package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import java.util.function.Predicate;

/**
 * How an optimiser makes parameters smaller.
 *
 * @param strength 0 for not at all
 * @param decoupled whether apart from the gradient; else it is added to the gradient
 * @param which parameters
 */
record Decay(double strength, boolean decoupled, Predicate<Parameter> which) {

  /** None; and once there is a strength, coupled and of weights only. */
  static final Decay NONE = new Decay(0, false, Parameter::isWeight);

  Decay of(double other) {
    return new Decay(other, decoupled, which);
  }

  Decay apart() {
    return new Decay(strength, true, which);
  }

  Decay on(Predicate<Parameter> others) {
    return new Decay(strength, decoupled, others);
  }

  /** What is added to a parameter's gradient, as a multiple of the parameter. */
  double coupled(Parameter parameter) {
    return decoupled ? 0 : strengthFor(parameter);
  }

  /** What a step takes off a parameter, as a multiple of the learning rate and the parameter. */
  double decoupled(Parameter parameter) {
    return decoupled ? strengthFor(parameter) : 0;
  }

  private double strengthFor(Parameter parameter) {
    return strength != 0 && which.test(parameter) ? strength : 0;
  }
}
