package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;

/** One step of an optimiser over a block of float64 values; formulas at the steps' records. */
@FunctionalInterface
interface DoubleRule {

  /**
   * Updates the first {@code n} values.
   *
   * @param w the parameter, changed
   * @param g the gradient
   * @param a the first state (velocity, mean or mean square), changed; null if there is none
   * @param b the second state, changed; null if there is none
   */
  void apply(double[] w, double[] g, double[] a, double[] b, int n);

  /** Stochastic gradient descent; the state is (velocity) or none. */
  static DoubleRule sgd(SgdStep step, boolean momentum) {
    double rate = step.rate();
    double keep = (1 - step.rate() * step.decay());
    double mu = step.momentum();
    if (!momentum) {
      return (w, g, v, none, n) -> {
        for (int i = 0; i < n; i++) {
          w[i] = keep * w[i] - rate * g[i];
        }
      };
    }
    if (step.nesterov()) {
      return (w, g, v, none, n) -> {
        for (int i = 0; i < n; i++) {
          double velocity = mu * v[i] + g[i];
          v[i] = velocity;
          w[i] = keep * w[i] - rate * (g[i] + mu * velocity);
        }
      };
    }
    return (w, g, v, none, n) -> {
      for (int i = 0; i < n; i++) {
        double velocity = mu * v[i] + g[i];
        v[i] = velocity;
        w[i] = keep * w[i] - rate * velocity;
      }
    };
  }

  /** Adam and AdamW; the state is (mean, mean square). */
  static DoubleRule adam(AdamStep step) {
    double keep = (1 - step.rate() * step.decay());
    double beta1 = step.beta1();
    double new1 = (1 - step.beta1());
    double beta2 = step.beta2();
    double new2 = (1 - step.beta2());
    double rate = (step.rate() / step.correction1());
    double scale = (1 / step.correction2());
    double epsilon = step.epsilon();
    return (w, g, m, s, n) -> {
      for (int i = 0; i < n; i++) {
        double mean = beta1 * m[i] + new1 * g[i];
        double square = beta2 * s[i] + new2 * g[i] * g[i];
        m[i] = mean;
        s[i] = square;
        w[i] = keep * w[i] - rate * mean / (Math.sqrt(scale * square) + epsilon);
      }
    };
  }

  /** RMSProp; the state is (mean square, velocity) or (mean square). */
  static DoubleRule rmsProp(RmsPropStep step, boolean momentum) {
    double keep = (1 - step.rate() * step.decay());
    double alpha = step.alpha();
    double fresh = (1 - step.alpha());
    double rate = step.rate();
    double epsilon = step.epsilon();
    double mu = step.momentum();
    if (!momentum) {
      return (w, g, s, none, n) -> {
        for (int i = 0; i < n; i++) {
          double square = alpha * s[i] + fresh * g[i] * g[i];
          s[i] = square;
          w[i] = keep * w[i] - rate * g[i] / (Math.sqrt(square) + epsilon);
        }
      };
    }
    return (w, g, s, v, n) -> {
      for (int i = 0; i < n; i++) {
        double square = alpha * s[i] + fresh * g[i] * g[i];
        double velocity = mu * v[i] + g[i] / (Math.sqrt(square) + epsilon);
        s[i] = square;
        v[i] = velocity;
        w[i] = keep * w[i] - rate * velocity;
      }
    };
  }
}
