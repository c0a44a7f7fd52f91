package io.github.trimaran.examples.training;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Muon;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.OptimizerGroup;
import io.github.trimaran.optim.RmsProp;
import io.github.trimaran.optim.Sgd;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The optimisers and schedules, by name. */
final class Optimizers {

  private static final double MOMENTUM = 0.9;

  /** With Muon, what is no matrix is trained by Adam at this rate. */
  private static final double RATE_BESIDE_MUON = 1e-3;

  private interface Builder {
    Optimizer build(List<Parameter> parameters, LearningRate rate, double reg);
  }

  private interface Schedule {
    LearningRate of(double rate, long steps);
  }

  private static final Map<String, Builder> OPTIMIZERS =
      Map.of(
          "sgd", (parameters, rate, reg) -> new Sgd(parameters, rate),
          "nesterov",
              (parameters, rate, reg) -> new Sgd(parameters, rate).momentum(MOMENTUM).nesterov(),
          "adam", (parameters, rate, reg) -> new Adam(parameters, rate),
          "adamw", (parameters, rate, reg) -> Adam.adamW(parameters, rate, reg),
          "rmsprop", (parameters, rate, reg) -> new RmsProp(parameters, rate),
          "muon", (parameters, rate, reg) -> muon(parameters, rate));

  private static final Map<String, Schedule> SCHEDULES =
      Map.of(
          "constant", (rate, steps) -> LearningRate.constant(rate),
          "step", (rate, steps) -> LearningRate.stepDecay(rate, Math.max(1, steps / 3), 0.1),
          "cosine", (rate, steps) -> LearningRate.cosine(rate, 0, steps),
          "linear", (rate, steps) -> LearningRate.linear(rate, 0, steps),
          "one-cycle", LearningRate::oneCycle);

  private Optimizers() {}

  /** The optimiser of a plan that takes so many steps. */
  static Optimizer create(Plan plan, List<Parameter> parameters, long steps) {
    LearningRate rate =
        Choices.named("--schedule", plan.schedule(), SCHEDULES).of(plan.learningRate(), steps);
    return Choices.named("--optimizer", plan.optimizer(), OPTIMIZERS)
        .build(parameters, rate, plan.reg());
  }

  /** Whether the optimiser itself decays the weights by {@code --reg}, apart from the loss. */
  static boolean decouplesDecay(Plan plan) {
    return plan.optimizer().equals("adamw");
  }

  private static Optimizer muon(List<Parameter> parameters, LearningRate rate) {
    Predicate<Parameter> matrix = parameter -> parameter.tensor().shape().rank() >= 2;
    return new OptimizerGroup(
        new Muon(parameters.stream().filter(matrix).toList(), rate),
        new Adam(
            parameters.stream().filter(matrix.negate()).toList(),
            LearningRate.constant(RATE_BESIDE_MUON)));
  }
}
