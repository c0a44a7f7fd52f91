package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;

/** In-place updates, each in one pass over memory; ND4J's updaters take several. */
final class Updates {

  private final Workers workers;

  Updates(Workers workers) {
    this.workers = workers;
  }

  /** Updates the first {@code count} elements of four arrays, of which some may be unused. */
  private interface Floats {
    void apply(float[] w, float[] g, float[] m, float[] s, int count);
  }

  /** As {@link Floats}. */
  private interface Doubles {
    void apply(double[] w, double[] g, double[] m, double[] s, int count);
  }

  void sgd(Nd4jArray parameter, Nd4jArray gradient, Nd4jArray velocity, SgdStep step) {
    double keep = 1 - step.rate() * step.decay();
    run(
        parameter,
        gradient,
        velocity,
        null,
        velocity == null ? plainFloats(step, keep) : momentumFloats(step, keep),
        velocity == null ? plainDoubles(step, keep) : momentumDoubles(step, keep));
  }

  private static Floats plainFloats(SgdStep step, double keep) {
    float rate = (float) step.rate();
    float kept = (float) keep;
    return (w, g, m, s, count) -> {
      for (int i = 0; i < count; i++) {
        w[i] = kept * w[i] - rate * g[i];
      }
    };
  }

  private static Doubles plainDoubles(SgdStep step, double keep) {
    double rate = step.rate();
    return (w, g, m, s, count) -> {
      for (int i = 0; i < count; i++) {
        w[i] = keep * w[i] - rate * g[i];
      }
    };
  }

  private static Floats momentumFloats(SgdStep step, double keep) {
    float rate = (float) step.rate();
    float kept = (float) keep;
    float momentum = (float) step.momentum();
    // The direction is v, or g + momentum * v: a sum of both with these weights.
    float ofGradient = step.nesterov() ? 1 : 0;
    float ofVelocity = step.nesterov() ? momentum : 1;
    return (w, g, v, s, count) -> {
      for (int i = 0; i < count; i++) {
        float velocity = momentum * v[i] + g[i];
        v[i] = velocity;
        w[i] = kept * w[i] - rate * (ofGradient * g[i] + ofVelocity * velocity);
      }
    };
  }

  private static Doubles momentumDoubles(SgdStep step, double keep) {
    double rate = step.rate();
    double momentum = step.momentum();
    double ofGradient = step.nesterov() ? 1 : 0;
    double ofVelocity = step.nesterov() ? momentum : 1;
    return (w, g, v, s, count) -> {
      for (int i = 0; i < count; i++) {
        double velocity = momentum * v[i] + g[i];
        v[i] = velocity;
        w[i] = keep * w[i] - rate * (ofGradient * g[i] + ofVelocity * velocity);
      }
    };
  }

  void adam(
      Nd4jArray parameter, Nd4jArray gradient, Nd4jArray mean, Nd4jArray square, AdamStep step) {
    run(parameter, gradient, mean, square, adamFloats(step), adamDoubles(step));
  }

  private static Floats adamFloats(AdamStep step) {
    float keep = (float) (1 - step.rate() * step.decay());
    float rate = (float) (step.rate() / step.correction1());
    float beta1 = (float) step.beta1();
    float rest1 = (float) (1 - step.beta1());
    float beta2 = (float) step.beta2();
    float rest2 = (float) (1 - step.beta2());
    float scale = (float) (1 / step.correction2());
    float epsilon = (float) step.epsilon();
    return (w, g, m, s, count) -> {
      for (int i = 0; i < count; i++) {
        float mean = beta1 * m[i] + rest1 * g[i];
        float square = beta2 * s[i] + rest2 * g[i] * g[i];
        m[i] = mean;
        s[i] = square;
        w[i] = keep * w[i] - rate * mean / ((float) Math.sqrt(square * scale) + epsilon);
      }
    };
  }

  private static Doubles adamDoubles(AdamStep step) {
    double keep = 1 - step.rate() * step.decay();
    double rate = step.rate() / step.correction1();
    double beta1 = step.beta1();
    double rest1 = 1 - step.beta1();
    double beta2 = step.beta2();
    double rest2 = 1 - step.beta2();
    double scale = 1 / step.correction2();
    double epsilon = step.epsilon();
    return (w, g, m, s, count) -> {
      for (int i = 0; i < count; i++) {
        double mean = beta1 * m[i] + rest1 * g[i];
        double square = beta2 * s[i] + rest2 * g[i] * g[i];
        m[i] = mean;
        s[i] = square;
        w[i] = keep * w[i] - rate * mean / (Math.sqrt(square * scale) + epsilon);
      }
    };
  }

  void rmsProp(
      Nd4jArray parameter,
      Nd4jArray gradient,
      Nd4jArray square,
      Nd4jArray velocity,
      RmsPropStep step) {
    boolean plain = velocity == null;
    run(
        parameter,
        gradient,
        square,
        velocity,
        rmsPropFloats(step, plain),
        rmsPropDoubles(step, plain));
  }

  /** Without momentum the velocity is scratch, and counts for nothing. */
  private static Floats rmsPropFloats(RmsPropStep step, boolean plain) {
    float keep = (float) (1 - step.rate() * step.decay());
    float rate = (float) step.rate();
    float alpha = (float) step.alpha();
    float rest = (float) (1 - step.alpha());
    float epsilon = (float) step.epsilon();
    float momentum = (float) step.momentum();
    return (w, g, s, v, count) -> {
      for (int i = 0; i < count; i++) {
        float square = alpha * s[i] + rest * g[i] * g[i];
        float direction = g[i] / ((float) Math.sqrt(square) + epsilon);
        float velocity = plain ? direction : momentum * v[i] + direction;
        s[i] = square;
        v[i] = velocity;
        w[i] = keep * w[i] - rate * velocity;
      }
    };
  }

  private static Doubles rmsPropDoubles(RmsPropStep step, boolean plain) {
    double keep = 1 - step.rate() * step.decay();
    double rate = step.rate();
    double alpha = step.alpha();
    double rest = 1 - step.alpha();
    double epsilon = step.epsilon();
    double momentum = step.momentum();
    return (w, g, s, v, count) -> {
      for (int i = 0; i < count; i++) {
        double square = alpha * s[i] + rest * g[i] * g[i];
        double direction = g[i] / (Math.sqrt(square) + epsilon);
        double velocity = plain ? direction : momentum * v[i] + direction;
        s[i] = square;
        v[i] = velocity;
        w[i] = keep * w[i] - rate * velocity;
      }
    };
  }

  private void run(
      Nd4jArray w, Nd4jArray g, Nd4jArray m, Nd4jArray s, Floats floats, Doubles doubles) {
    workers.ranges(
        w.size(),
        Scratch.GRAIN,
        (start, end) -> {
          for (int at = start; at < end; at += Scratch.LENGTH) {
            int count = Math.min(Scratch.LENGTH, end - at);
            if (w.dtype() == DType.FLOAT32) {
              floatPiece(w, g, m, s, floats, at, count);
            } else {
              doublePiece(w, g, m, s, doubles, at, count);
            }
          }
        });
  }

  private static void floatPiece(
      Nd4jArray w, Nd4jArray g, Nd4jArray m, Nd4jArray s, Floats step, int at, int count) {
    Scratch scratch = Scratch.get();
    float[] parameter = scratch.floats(0);
    float[] gradient = scratch.floats(1);
    float[] first = scratch.floats(2);
    float[] second = scratch.floats(3);
    w.floats().get(at, parameter, 0, count);
    g.floats().get(at, gradient, 0, count);
    if (m != null) {
      m.floats().get(at, first, 0, count);
    }
    if (s != null) {
      s.floats().get(at, second, 0, count);
    }
    step.apply(parameter, gradient, first, second, count);
    w.floats().put(at, parameter, 0, count);
    if (m != null) {
      m.floats().put(at, first, 0, count);
    }
    if (s != null) {
      s.floats().put(at, second, 0, count);
    }
  }

  private static void doublePiece(
      Nd4jArray w, Nd4jArray g, Nd4jArray m, Nd4jArray s, Doubles step, int at, int count) {
    Scratch scratch = Scratch.get();
    double[] parameter = scratch.doubles(0);
    double[] gradient = scratch.doubles(1);
    double[] first = scratch.doubles(2);
    double[] second = scratch.doubles(3);
    w.doubles().get(at, parameter, 0, count);
    g.doubles().get(at, gradient, 0, count);
    if (m != null) {
      m.doubles().get(at, first, 0, count);
    }
    if (s != null) {
      s.doubles().get(at, second, 0, count);
    }
    step.apply(parameter, gradient, first, second, count);
    w.doubles().put(at, parameter, 0, count);
    if (m != null) {
      m.doubles().put(at, first, 0, count);
    }
    if (s != null) {
      s.doubles().put(at, second, 0, count);
    }
  }
}
