package io.github.trimaran.examples.training;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Adadelta;
import io.github.trimaran.optim.Adagrad;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Lion;
import io.github.trimaran.optim.Muon;
import io.github.trimaran.optim.NAdam;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.OptimizerGroup;
import io.github.trimaran.optim.RAdam;
import io.github.trimaran.optim.RmsProp;
import io.github.trimaran.optim.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
      Map.ofEntries(
          Map.entry("sgd", (parameters, rate, reg) -> new Sgd(parameters, rate)),
          Map.entry(
              "nesterov",
              (parameters, rate, reg) -> new Sgd(parameters, rate).momentum(MOMENTUM).nesterov()),
          Map.entry("adam", (parameters, rate, reg) -> new Adam(parameters, rate)),
          Map.entry(
              "adamw", (parameters, rate, reg) -> new AdamW(parameters, rate).weightDecay(reg)),
          Map.entry("nadam", (parameters, rate, reg) -> new NAdam(parameters, rate)),
          Map.entry("radam", (parameters, rate, reg) -> new RAdam(parameters, rate)),
          Map.entry("rmsprop", (parameters, rate, reg) -> new RmsProp(parameters, rate)),
          Map.entry("adagrad", (parameters, rate, reg) -> new Adagrad(parameters, rate)),
          Map.entry("adadelta", (parameters, rate, reg) -> new Adadelta(parameters, rate)),
          Map.entry("lion", (parameters, rate, reg) -> new Lion(parameters, rate).weightDecay(reg)),
          Map.entry("muon", (parameters, rate, reg) -> muon(parameters, rate)));

  /** The optimisers that decay the weights by {@code --reg} themselves, apart from the loss. */
  private static final Set<String> DECOUPLING = Set.of("adamw", "lion");

  private static final Map<String, Schedule> SCHEDULES =
      Map.of(
          "constant",
          (rate, steps) -> LearningRate.constant(rate),
          "step",
          (rate, steps) -> LearningRate.stepDecay(rate, Math.max(1, steps / 3), 0.1),
          "multi-step",
          (rate, steps) -> LearningRate.multiStep(rate, 0.1, steps / 2, steps * 3 / 4),
          "exponential",
          (rate, steps) -> LearningRate.exponential(rate, Math.pow(0.01, 1.0 / steps)),
          "polynomial",
          (rate, steps) -> LearningRate.polynomial(rate, 2, steps),
          "cosine",
          (rate, steps) -> LearningRate.cosine(rate, 0, steps),
          "restarts",
          // Three descents, each twice as long as the one before: 1 + 2 + 4 parts.
          (rate, steps) -> LearningRate.cosineRestarts(rate, 0, (steps + 6) / 7, 2),
          "linear",
          (rate, steps) -> LearningRate.linear(rate, 0, steps),
          "one-cycle",
          LearningRate::oneCycle);

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
    return DECOUPLING.contains(plan.optimizer());
  }

  private static Optimizer muon(List<Parameter> parameters, LearningRate rate) {
    Predicate<Parameter> matrix = parameter -> parameter.tensor().shape().rank() >= 2;
    return new OptimizerGroup(
        new Muon(parameters.stream().filter(matrix).toList(), rate),
        new Adam(parameters.stream().filter(matrix.negate()).toList(), RATE_BESIDE_MUON));
  }
}
