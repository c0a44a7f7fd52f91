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
import java.util.function.Predicate;

/** The optimisers that can be chosen; each is the library's of that name. */
public enum Optimizers implements Choice {
  SGD((parameters, rate, reg) -> new Sgd(parameters, rate)),
  NESTEROV((parameters, rate, reg) -> new Sgd(parameters, rate).momentum(0.9).nesterov()),
  ADAM((parameters, rate, reg) -> new Adam(parameters, rate)),
  ADAMW((parameters, rate, reg) -> new AdamW(parameters, rate).weightDecay(reg)),
  NADAM((parameters, rate, reg) -> new NAdam(parameters, rate)),
  RADAM((parameters, rate, reg) -> new RAdam(parameters, rate)),
  RMSPROP((parameters, rate, reg) -> new RmsProp(parameters, rate)),
  ADAGRAD((parameters, rate, reg) -> new Adagrad(parameters, rate)),
  ADADELTA((parameters, rate, reg) -> new Adadelta(parameters, rate)),
  LION((parameters, rate, reg) -> new Lion(parameters, rate).weightDecay(reg)),
  /** {@link Muon} for matrices and filters, {@link Adam} for all else. */
  MUON((parameters, rate, reg) -> muon(parameters, rate));

  /** With Muon, what is no matrix is trained by Adam at this rate. */
  private static final double RATE_BESIDE_MUON = 1e-3;

  private interface Builder {
    Optimizer build(List<Parameter> parameters, LearningRate rate, double reg);
  }

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final Builder builder;

  Optimizers(Builder builder) {
    this.builder = builder;
  }

  /**
   * The optimiser of these parameters.
   *
   * @param reg strength of the regularisation, for those that decay the weights themselves
   */
  Optimizer create(List<Parameter> parameters, LearningRate rate, double reg) {
    return builder.build(parameters, rate, reg);
  }

  /** Whether the optimiser itself decays the weights, apart from the loss. */
  boolean decouplesDecay() {
    return this == ADAMW || this == LION;
  }

  private static Optimizer muon(List<Parameter> parameters, LearningRate rate) {
    Predicate<Parameter> matrix = parameter -> parameter.tensor().shape().rank() >= 2;
    return new OptimizerGroup(
        new Muon(parameters.stream().filter(matrix).toList(), rate),
        new Adam(parameters.stream().filter(matrix.negate()).toList(), RATE_BESIDE_MUON));
  }
}
