package io.github.trimaran.optim;

/**
 * A schedule: the learning rate of each step, counted from 0. It follows from the step alone, so it
 * has no state to save.
 */
@FunctionalInterface
public interface LearningRate {

  /** The rate of that step, from 0. */
  double at(long step);

  /** Always the same. */
  static LearningRate constant(double rate) {
    Settings.requirePositive("learning rate:", rate);
    return step -> rate;
  }

  /** {@code rate * factor^floor(step / every)}. */
  static LearningRate stepDecay(double rate, long every, double factor) {
    Settings.requirePositive("learning rate:", rate);
    Settings.requireSteps("learning rate: steps between decays", every);
    return step -> {
      long decays = step / every;
      return rate * Math.pow(factor, (double) decays);
    };
  }

  /**
   * From {@code rate} down to {@code last} along half a cosine (Loshchilov and Hutter 2017,
   * equation 5, without restarts):
   *
   * <pre>
   * last + (rate - last) * (1 + cos(pi * step / steps)) / 2
   * </pre>
   *
   * and {@code last} from step {@code steps} on.
   */
  static LearningRate cosine(double rate, double last, long steps) {
    Settings.requirePositive("learning rate:", rate);
    Settings.requireNotNegative("learning rate: last", last);
    Settings.requireSteps("learning rate: steps", steps);
    return step -> cosineBetween(rate, last, Math.min(1.0, (double) step / steps));
  }

  /**
   * One cycle (Smith and Topin 2019) as PyTorch has it: along half a cosine from {@code peak / 25}
   * up to {@code peak} at 30 % of the steps, then down to {@code peak / 250000} at the last.
   */
  static LearningRate oneCycle(double peak, long steps) {
    return oneCycle(peak, steps, 0.3, 25, 1e4);
  }

  /**
   * The same with other proportions.
   *
   * @param warmUp the part of the steps that goes up, between 0 and 1
   * @param startDivisor the first rate is {@code peak / startDivisor}
   * @param endDivisor the last rate is the first divided by this
   */
  static LearningRate oneCycle(
      double peak, long steps, double warmUp, double startDivisor, double endDivisor) {
    Settings.requirePositive("learning rate:", peak);
    Settings.requireSteps("learning rate: steps", steps);
    Settings.requireFraction("learning rate: warm-up", warmUp);
    double first = peak / startDivisor;
    double last = first / endDivisor;
    double top = warmUp * steps - 1;
    double end = steps - 1;
    return step -> {
      if (step <= top) {
        return cosineBetween(first, peak, step / Math.max(top, 1e-9));
      }
      return cosineBetween(peak, last, Math.min(1, (step - top) / Math.max(end - top, 1e-9)));
    };
  }

  /**
   * Straight up and straight down again: from {@code start * peak} at step 0 to {@code peak} at
   * {@code warmUp * steps}, then to {@code end * peak} at {@code steps} and after.
   */
  static LearningRate triangular(double peak, long steps, double start, double warmUp, double end) {
    Settings.requirePositive("learning rate:", peak);
    Settings.requireSteps("learning rate: steps", steps);
    Settings.requireFraction("learning rate: warm-up", warmUp);
    double top = warmUp * steps;
    return step -> {
      if (step < top) {
        return peak * (start + (1 - start) * step / top);
      }
      return peak * (1 + (end - 1) * Math.min(1, (step - top) / (steps - top)));
    };
  }

  /** Straight from {@code rate} at step 0 to {@code last} at {@code steps} and after. */
  static LearningRate linear(double rate, double last, long steps) {
    Settings.requirePositive("learning rate:", rate);
    return triangular(rate, steps, 1, 0, last / rate);
  }

  /** The same times {@code (step + 1) / steps} during the first {@code steps}. */
  default LearningRate warmUp(long steps) {
    return step -> at(step) * Math.min(1.0, (step + 1.0) / Math.max(steps, 1));
  }

  /** The same times a constant. */
  default LearningRate times(double factor) {
    return step -> factor * at(step);
  }

  private static double cosineBetween(double from, double to, double part) {
    return to + (from - to) * (1 + Math.cos(Math.PI * part)) / 2;
  }
}
