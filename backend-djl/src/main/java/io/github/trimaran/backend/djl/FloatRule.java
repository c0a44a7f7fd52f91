package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;

/** One step of an optimiser over a block of float32 values; formulas at the steps' records. */
@FunctionalInterface
interface FloatRule {

  /**
   * Updates the first {@code n} values.
   *
   * @param w the parameter, changed
   * @param g the gradient
   * @param a the first state (velocity, mean or mean square), changed; null if there is none
   * @param b the second state, changed; null if there is none
   */
  void apply(float[] w, float[] g, float[] a, float[] b, int n);

  /** Stochastic gradient descent; the state is (velocity) or none. */
  static FloatRule sgd(SgdStep step, boolean momentum) {
    float rate = (float) step.rate();
    float keep = (float) (1 - step.rate() * step.decay());
    float mu = (float) step.momentum();
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
          float velocity = mu * v[i] + g[i];
          v[i] = velocity;
          w[i] = keep * w[i] - rate * (g[i] + mu * velocity);
        }
      };
    }
    return (w, g, v, none, n) -> {
      for (int i = 0; i < n; i++) {
        float velocity = mu * v[i] + g[i];
        v[i] = velocity;
        w[i] = keep * w[i] - rate * velocity;
      }
    };
  }

  /** Adam and AdamW; the state is (mean, mean square). */
  static FloatRule adam(AdamStep step) {
    float keep = (float) (1 - step.rate() * step.decay());
    float beta1 = (float) step.beta1();
    float new1 = (float) (1 - step.beta1());
    float beta2 = (float) step.beta2();
    float new2 = (float) (1 - step.beta2());
    float rate = (float) (step.rate() / step.correction1());
    float scale = (float) (1 / step.correction2());
    float epsilon = (float) step.epsilon();
    return (w, g, m, s, n) -> {
      for (int i = 0; i < n; i++) {
        float mean = beta1 * m[i] + new1 * g[i];
        float square = beta2 * s[i] + new2 * g[i] * g[i];
        m[i] = mean;
        s[i] = square;
        w[i] = keep * w[i] - rate * mean / ((float) Math.sqrt(scale * square) + epsilon);
      }
    };
  }

  /** RMSProp; the state is (mean square, velocity) or (mean square). */
  static FloatRule rmsProp(RmsPropStep step, boolean momentum) {
    float keep = (float) (1 - step.rate() * step.decay());
    float alpha = (float) step.alpha();
    float fresh = (float) (1 - step.alpha());
    float rate = (float) step.rate();
    float epsilon = (float) step.epsilon();
    float mu = (float) step.momentum();
    if (!momentum) {
      return (w, g, s, none, n) -> {
        for (int i = 0; i < n; i++) {
          float square = alpha * s[i] + fresh * g[i] * g[i];
          s[i] = square;
          w[i] = keep * w[i] - rate * g[i] / ((float) Math.sqrt(square) + epsilon);
        }
      };
    }
    return (w, g, s, v, n) -> {
      for (int i = 0; i < n; i++) {
        float square = alpha * s[i] + fresh * g[i] * g[i];
        float velocity = mu * v[i] + g[i] / ((float) Math.sqrt(square) + epsilon);
        s[i] = square;
        v[i] = velocity;
        w[i] = keep * w[i] - rate * velocity;
      }
    };
  }
}
