package io.github.trimaran.backend.cpu.elementwise;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;

/**
 * Optimiser updates of float arrays, each in one pass. Their arithmetic is little; what takes time
 * is to read and write the arrays, so it is done once.
 */
final class FloatUpdates {

  private FloatUpdates() {}

  /** See {@link AdamStep}. */
  static void adam(
      float[] w, float[] g, float[] mean, float[] square, AdamStep step, int from, int to) {
    float keep = (float) (1 - step.rate() * step.decay());
    float beta1 = (float) step.beta1();
    float rest1 = (float) (1 - step.beta1());
    float beta2 = (float) step.beta2();
    float rest2 = (float) (1 - step.beta2());
    float rate = (float) (step.rate() / step.correction1());
    float scale = (float) (1 / Math.sqrt(step.correction2()));
    float epsilon = (float) step.epsilon();
    for (int i = from; i < to; i++) {
      float m = beta1 * mean[i] + rest1 * g[i];
      float s = beta2 * square[i] + rest2 * g[i] * g[i];
      mean[i] = m;
      square[i] = s;
      w[i] = keep * w[i] - rate * m / ((float) Math.sqrt(s) * scale + epsilon);
    }
  }

  /** See {@link SgdStep}, without momentum. */
  static void sgd(float[] w, float[] g, SgdStep step, int from, int to) {
    float keep = (float) (1 - step.rate() * step.decay());
    float rate = (float) step.rate();
    for (int i = from; i < to; i++) {
      w[i] = keep * w[i] - rate * g[i];
    }
  }

  /** See {@link SgdStep}, with momentum. */
  static void sgd(float[] w, float[] g, float[] velocity, SgdStep step, int from, int to) {
    float keep = (float) (1 - step.rate() * step.decay());
    float rate = (float) step.rate();
    float momentum = (float) step.momentum();
    // Nesterov steps along g + momentum * v, else along v.
    float alongGradient = step.nesterov() ? 1 : 0;
    float alongVelocity = step.nesterov() ? momentum : 1;
    for (int i = from; i < to; i++) {
      float v = momentum * velocity[i] + g[i];
      velocity[i] = v;
      w[i] = keep * w[i] - rate * (alongGradient * g[i] + alongVelocity * v);
    }
  }

  /** See {@link RmsPropStep}, without momentum. */
  static void rmsProp(float[] w, float[] g, float[] square, RmsPropStep step, int from, int to) {
    float keep = (float) (1 - step.rate() * step.decay());
    float rate = (float) step.rate();
    float alpha = (float) step.alpha();
    float rest = (float) (1 - step.alpha());
    float epsilon = (float) step.epsilon();
    for (int i = from; i < to; i++) {
      float s = alpha * square[i] + rest * g[i] * g[i];
      square[i] = s;
      w[i] = keep * w[i] - rate * g[i] / ((float) Math.sqrt(s) + epsilon);
    }
  }

  /** See {@link RmsPropStep}, with momentum. */
  static void rmsProp(
      float[] w, float[] g, float[] square, float[] velocity, RmsPropStep step, int from, int to) {
    float keep = (float) (1 - step.rate() * step.decay());
    float rate = (float) step.rate();
    float alpha = (float) step.alpha();
    float rest = (float) (1 - step.alpha());
    float epsilon = (float) step.epsilon();
    float momentum = (float) step.momentum();
    for (int i = from; i < to; i++) {
      float s = alpha * square[i] + rest * g[i] * g[i];
      float v = momentum * velocity[i] + g[i] / ((float) Math.sqrt(s) + epsilon);
      square[i] = s;
      velocity[i] = v;
      w[i] = keep * w[i] - rate * v;
    }
  }
}
