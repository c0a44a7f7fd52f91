package io.github.trimaran.backend.cpu.elementwise;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;

/**
 * Optimiser updates of double arrays, each in one pass. Their arithmetic is little; what takes time
 * is to read and write the arrays, so it is done once.
 */
final class DoubleUpdates {

  private DoubleUpdates() {}

  /** See {@link AdamStep}. */
  static void adam(
      double[] w, double[] g, double[] mean, double[] square, AdamStep step, int from, int to) {
    double keep = (1 - step.rate() * step.decay());
    double beta1 = step.beta1();
    double rest1 = (1 - step.beta1());
    double beta2 = step.beta2();
    double rest2 = (1 - step.beta2());
    double rate = (step.rate() / step.correction1());
    double scale = (1 / Math.sqrt(step.correction2()));
    double epsilon = step.epsilon();
    for (int i = from; i < to; i++) {
      double m = beta1 * mean[i] + rest1 * g[i];
      double s = beta2 * square[i] + rest2 * g[i] * g[i];
      mean[i] = m;
      square[i] = s;
      w[i] = keep * w[i] - rate * m / (Math.sqrt(s) * scale + epsilon);
    }
  }

  /** See {@link SgdStep}, without momentum. */
  static void sgd(double[] w, double[] g, SgdStep step, int from, int to) {
    double keep = (1 - step.rate() * step.decay());
    double rate = step.rate();
    for (int i = from; i < to; i++) {
      w[i] = keep * w[i] - rate * g[i];
    }
  }

  /** See {@link SgdStep}, with momentum. */
  static void sgd(double[] w, double[] g, double[] velocity, SgdStep step, int from, int to) {
    double keep = (1 - step.rate() * step.decay());
    double rate = step.rate();
    double momentum = step.momentum();
    // Nesterov steps along g + momentum * v, else along v.
    double alongGradient = step.nesterov() ? 1 : 0;
    double alongVelocity = step.nesterov() ? momentum : 1;
    for (int i = from; i < to; i++) {
      double v = momentum * velocity[i] + g[i];
      velocity[i] = v;
      w[i] = keep * w[i] - rate * (alongGradient * g[i] + alongVelocity * v);
    }
  }

  /** See {@link RmsPropStep}, without momentum. */
  static void rmsProp(double[] w, double[] g, double[] square, RmsPropStep step, int from, int to) {
    double keep = (1 - step.rate() * step.decay());
    double rate = step.rate();
    double alpha = step.alpha();
    double rest = (1 - step.alpha());
    double epsilon = step.epsilon();
    for (int i = from; i < to; i++) {
      double s = alpha * square[i] + rest * g[i] * g[i];
      square[i] = s;
      w[i] = keep * w[i] - rate * g[i] / (Math.sqrt(s) + epsilon);
    }
  }

  /** See {@link RmsPropStep}, with momentum. */
  static void rmsProp(
      double[] w,
      double[] g,
      double[] square,
      double[] velocity,
      RmsPropStep step,
      int from,
      int to) {
    double keep = (1 - step.rate() * step.decay());
    double rate = step.rate();
    double alpha = step.alpha();
    double rest = (1 - step.alpha());
    double epsilon = step.epsilon();
    double momentum = step.momentum();
    for (int i = from; i < to; i++) {
      double s = alpha * square[i] + rest * g[i] * g[i];
      double v = momentum * velocity[i] + g[i] / (Math.sqrt(s) + epsilon);
      square[i] = s;
      velocity[i] = v;
      w[i] = keep * w[i] - rate * v;
    }
  }
}
