package io.github.trimaran.conformance;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Adadelta;
import io.github.trimaran.optim.Adagrad;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Lion;
import io.github.trimaran.optim.NAdam;
import io.github.trimaran.optim.OneCycle;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.RAdam;
import io.github.trimaran.optim.RmsProp;
import io.github.trimaran.optim.Sgd;
import java.util.List;
import java.util.function.Function;

/**
 * The optimisers by their formulas, one number at a time. Each is called as PyTorch would make it;
 * these are the names in the table of PyTorch's numbers.
 */
final class OptimizerOracles {

  /** A step of one number. */
  @FunctionalInterface
  interface Formula {
    /**
     * The number after the step.
     *
     * @param w the number
     * @param g its gradient
     * @param s three numbers to remember, at first 0
     * @param t which of its steps it is, from 1
     * @param k which step of the optimiser it is, from 0
     */
    double step(double w, double g, double[] s, int t, int k);
  }

  /** An optimiser in some settings, and what it should do. */
  record Rule(String name, Function<List<Parameter>, Optimizer> optimizer, Formula formula) {}

  private static final OneCycle CYCLE = LearningRate.oneCycle(0.1, 13);
  private static final OneCycle LINEAR = LearningRate.oneCycle(0.01, 13).linear();
  private static final OneCycle THREE = LearningRate.oneCycle(0.05, 13).linear().threePhase();

  private OptimizerOracles() {}

  static List<Rule> rules() {
    return List.of(
        new Rule("SGD(lr=0.1)", p -> new Sgd(p, 0.1), sgd(0.1, 0, 0, false)),
        new Rule(
            "SGD(lr=0.1, momentum=0.9)",
            p -> new Sgd(p, 0.1).momentum(0.9),
            sgd(0.1, 0.9, 0, false)),
        new Rule(
            "SGD(lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.05)",
            p -> new Sgd(p, 0.1).momentum(0.9).dampening(0.3).weightDecay(0.05).decayingAll(),
            coupled(0.05, sgd(0.1, 0.9, 0.3, false))),
        new Rule(
            "SGD(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05)",
            p -> new Sgd(p, 0.1).momentum(0.9).nesterov().weightDecay(0.05).decayingAll(),
            coupled(0.05, sgd(0.1, 0.9, 0, true))),
        new Rule(
            "SGD, decoupled decay",
            p -> new Sgd(p, 0.1).momentum(0.9).weightDecay(0.05).decoupled().decayingAll(),
            decoupled(0.1 * 0.05, sgd(0.1, 0.9, 0, false))),
        new Rule("Adam(lr=0.05)", p -> new Adam(p, 0.05), adam(0.05, 0.9, 0.999, 1e-8, false)),
        new Rule(
            "Adam(lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.05)",
            p -> new Adam(p, 0.05).betas(0.8, 0.95).epsilon(1e-3).weightDecay(0.05).decayingAll(),
            coupled(0.05, adam(0.05, 0.8, 0.95, 1e-3, false))),
        new Rule(
            "Adam(lr=0.05, weight_decay=0.05, amsgrad=True)",
            p -> new Adam(p, 0.05).weightDecay(0.05).decayingAll().amsgrad(),
            coupled(0.05, adam(0.05, 0.9, 0.999, 1e-8, true))),
        new Rule(
            "AdamW(lr=0.05)",
            p -> new AdamW(p, 0.05).decayingAll(),
            decoupled(0.05 * 0.01, adam(0.05, 0.9, 0.999, 1e-8, false))),
        new Rule(
            "AdamW(lr=0.05, betas=(0.8, 0.95), weight_decay=0.5, amsgrad=True)",
            p -> new AdamW(p, 0.05).betas(0.8, 0.95).weightDecay(0.5).decayingAll().amsgrad(),
            decoupled(0.05 * 0.5, adam(0.05, 0.8, 0.95, 1e-8, true))),
        new Rule("NAdam(lr=0.02)", p -> new NAdam(p, 0.02), nadam(0.9, 0.999, 4e-3)),
        new Rule(
            "NAdam(lr=0.02, betas=(0.8, 0.95), momentum_decay=0.02, weight_decay=0.05)",
            p ->
                new NAdam(p, 0.02)
                    .betas(0.8, 0.95)
                    .momentumDecay(0.02)
                    .weightDecay(0.05)
                    .decayingAll(),
            coupled(0.05, nadam(0.8, 0.95, 0.02))),
        new Rule("RAdam(lr=0.05)", p -> new RAdam(p, 0.05), radam(0.9, 0.999)),
        new Rule(
            "RAdam(lr=0.05, betas=(0.8, 0.95), weight_decay=0.05)",
            p -> new RAdam(p, 0.05).betas(0.8, 0.95).weightDecay(0.05).decayingAll(),
            coupled(0.05, radam(0.8, 0.95))),
        new Rule("RMSprop(lr=0.01)", p -> new RmsProp(p, 0.01), rmsProp(0.99, 0, false)),
        new Rule(
            "RMSprop(lr=0.01, alpha=0.9, momentum=0.9, weight_decay=0.05)",
            p -> new RmsProp(p, 0.01).alpha(0.9).momentum(0.9).weightDecay(0.05).decayingAll(),
            coupled(0.05, rmsProp(0.9, 0.9, false))),
        new Rule(
            "RMSprop(lr=0.01, alpha=0.9, centered=True, weight_decay=0.05)",
            p -> new RmsProp(p, 0.01).alpha(0.9).centered().weightDecay(0.05).decayingAll(),
            coupled(0.05, rmsProp(0.9, 0, true))),
        new Rule(
            "RMSprop(lr=0.01, alpha=0.9, momentum=0.9, centered=True)",
            p -> new RmsProp(p, 0.01).alpha(0.9).momentum(0.9).centered(),
            rmsProp(0.9, 0.9, true)),
        new Rule("Adagrad(lr=0.1)", p -> new Adagrad(p, 0.1), adagrad(0, 0, 1e-10)),
        new Rule(
            "Adagrad(lr=0.1, lr_decay=0.1, weight_decay=0.05, initial_accumulator_value=0.5)",
            p -> new Adagrad(p, 0.1).rateDecay(0.1).weightDecay(0.05).decayingAll().initialSum(0.5),
            coupled(0.05, adagrad(0.1, 0.5, 1e-10))),
        new Rule("Adadelta(lr=1)", p -> new Adadelta(p, 1), adadelta(1, 0.9, 1e-6)),
        new Rule(
            "Adadelta(lr=0.5, rho=0.8, eps=1e-4, weight_decay=0.05)",
            p -> new Adadelta(p, 0.5).rho(0.8).epsilon(1e-4).weightDecay(0.05).decayingAll(),
            coupled(0.05, adadelta(0.5, 0.8, 1e-4))),
        new Rule(
            "Lion",
            p -> new Lion(p, 0.02).betas(0.8, 0.95).weightDecay(0.5).decayingAll(),
            decoupled(0.02 * 0.5, lion(0.02, 0.8, 0.95))),
        new Rule(
            "SGD, OneCycleLR",
            p -> new Sgd(p, CYCLE).momentum(CYCLE.momentum(0.85, 0.95)),
            (w, g, s, t, k) -> {
              s[0] = CYCLE.momentum(0.85, 0.95).at(k) * s[0] + g;
              return w - CYCLE.at(k) * s[0];
            }),
        new Rule(
            "RMSprop, OneCycleLR",
            p -> new RmsProp(p, LINEAR).momentum(LINEAR.momentum(0.85, 0.95)),
            (w, g, s, t, k) -> {
              s[0] = 0.99 * s[0] + 0.01 * g * g;
              s[1] = LINEAR.momentum(0.85, 0.95).at(k) * s[1] + g / (Math.sqrt(s[0]) + 1e-8);
              return w - LINEAR.at(k) * s[1];
            }),
        new Rule(
            "Adam, OneCycleLR three_phase",
            p -> new Adam(p, THREE).betas(THREE.momentum(0.8, 0.9), 0.999),
            (w, g, s, t, k) ->
                adam(THREE.at(k), THREE.momentum(0.8, 0.9).at(k), 0.999, 1e-8, false)
                    .step(w, g, s, t, k)));
  }

  private static Formula coupled(double decay, Formula formula) {
    return (w, g, s, t, k) -> formula.step(w, g + decay * w, s, t, k);
  }

  private static Formula decoupled(double share, Formula formula) {
    return (w, g, s, t, k) -> formula.step(w, g, s, t, k) - share * w;
  }

  private static Formula sgd(double rate, double momentum, double dampening, boolean nesterov) {
    return (w, g, s, t, k) -> {
      s[0] = t == 1 ? g : momentum * s[0] + (1 - dampening) * g;
      return w - rate * (nesterov ? g + momentum * s[0] : s[0]);
    };
  }

  private static void means(double beta1, double beta2, double g, double[] s) {
    s[0] = beta1 * s[0] + (1 - beta1) * g;
    s[1] = beta2 * s[1] + (1 - beta2) * g * g;
  }

  private static Formula adam(
      double rate, double beta1, double beta2, double epsilon, boolean amsgrad) {
    return (w, g, s, t, k) -> {
      means(beta1, beta2, g, s);
      s[2] = amsgrad ? Math.max(s[2], s[1]) : s[1];
      double root = Math.sqrt(s[2] / (1 - Math.pow(beta2, t)));
      return w - rate * s[0] / (1 - Math.pow(beta1, t)) / (root + epsilon);
    };
  }

  private static Formula nadam(double beta1, double beta2, double momentumDecay) {
    return (w, g, s, t, k) -> {
      means(beta1, beta2, g, s);
      double[] mu = new double[t + 2];
      for (int i = 1; i <= t + 1; i++) {
        mu[i] = beta1 * (1 - 0.5 * Math.pow(0.96, i * momentumDecay));
      }
      s[2] = t == 1 ? mu[1] : s[2] * mu[t];
      double direction = (1 - mu[t]) / (1 - s[2]) * g + mu[t + 1] / (1 - s[2] * mu[t + 1]) * s[0];
      return w - 0.02 * direction / (Math.sqrt(s[1] / (1 - Math.pow(beta2, t))) + 1e-8);
    };
  }

  private static Formula radam(double beta1, double beta2) {
    return (w, g, s, t, k) -> {
      means(beta1, beta2, g, s);
      double power = Math.pow(beta2, t);
      double longest = 2 / (1 - beta2) - 1;
      double length = longest - 2 * t * power / (1 - power);
      double mean = s[0] / (1 - Math.pow(beta1, t));
      if (length <= 5) {
        return w - 0.05 * mean;
      }
      double rectification =
          Math.sqrt(
              (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
      return w - 0.05 * mean * rectification * Math.sqrt(1 - power) / (Math.sqrt(s[1]) + 1e-8);
    };
  }

  private static Formula rmsProp(double alpha, double momentum, boolean centered) {
    return (w, g, s, t, k) -> {
      s[0] = alpha * s[0] + (1 - alpha) * g * g;
      s[1] = alpha * s[1] + (1 - alpha) * g;
      double square = centered ? s[0] - s[1] * s[1] : s[0];
      s[2] = momentum * s[2] + g / (Math.sqrt(square) + 1e-8);
      return w - 0.01 * s[2];
    };
  }

  private static Formula adagrad(double rateDecay, double initialSum, double epsilon) {
    return (w, g, s, t, k) -> {
      s[0] = (t == 1 ? initialSum : s[0]) + g * g;
      return w - 0.1 / (1 + (t - 1) * rateDecay) * g / (Math.sqrt(s[0]) + epsilon);
    };
  }

  private static Formula adadelta(double rate, double rho, double epsilon) {
    return (w, g, s, t, k) -> {
      s[0] = rho * s[0] + (1 - rho) * g * g;
      double change = Math.sqrt(s[1] + epsilon) / Math.sqrt(s[0] + epsilon) * g;
      s[1] = rho * s[1] + (1 - rho) * change * change;
      return w - rate * change;
    };
  }

  private static Formula lion(double rate, double beta1, double beta2) {
    return (w, g, s, t, k) -> {
      double sign = Math.signum(beta1 * s[0] + (1 - beta1) * g);
      s[0] = beta2 * s[0] + (1 - beta2) * g;
      return w - rate * sign;
    };
  }
}
