package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Optimizer;
import java.io.Serializable;
import java.util.List;

/**
 * An optimiser, before it is known what it will train for how many steps.
 *
 * @param optimizer which
 * @param rate the highest learning rate
 * @param course what becomes of it over the training
 * @param l2 strength of the regularisation
 */
public record OptimizerChoice(Optimizers optimizer, double rate, Rates course, double l2)
    implements Serializable {

  /** Checks the numbers. */
  public OptimizerChoice {
    Experiment.requirePositive("--learning-rate", rate);
    if (!(l2 >= 0) || Double.isInfinite(l2)) {
      throw new InputException("--reg: must be at least 0, is " + l2);
    }
  }

  /** The optimiser of these parameters over so many steps. */
  Optimizer create(List<Parameter> parameters, long steps) {
    return optimizer.create(parameters, course.of(rate, steps), l2);
  }

  /** The part of the regularisation that is in the loss: all, unless the weights decay by it. */
  double lossL2() {
    return optimizer.decouplesDecay() ? 0 : l2;
  }
}
