package io.github.trimaran.optim;

/**
 * The learning rate of each step, counted from 0. It follows from the step alone, so it has no
 * state to save; but for {@link ReduceOnPlateau}.
 *
 * <pre>{@code
 * LearningRate rate = LearningRate.cosine(1e-3, 0, steps).warmUp(500);
 * Optimizer adam = new Adam(model.parameters(), rate);
 * }</pre>
 *
 * <p>The values are those of PyTorch's {@code lr_scheduler}, called after each step. To change the
 * rate from epoch to epoch instead, see {@link #everySteps}.
 */
@FunctionalInterface
public interface LearningRate extends Schedule {

  /** Always the same. */
  static LearningRate constant(double rate) {
    Settings.requirePositive("learning rate:", rate);
    return step -> rate;
  }

  /** {@code rate * factor^floor(step / every)}; PyTorch's {@code StepLR}. */
  static LearningRate stepDecay(double rate, long every, double factor) {
    Settings.requireSteps("learning rate: steps between decays", every);
    return exponential(rate, factor).everySteps(every);
  }

  /**
   * {@code rate * factor^n}, where n of the milestones have been reached; PyTorch's {@code
   * MultiStepLR}.
   *
   * @param milestones steps from which on the rate is smaller, in any order
   */
  static LearningRate multiStep(double rate, double factor, long... milestones) {
    Settings.requirePositive("learning rate:", rate);
    Settings.requirePositive("learning rate: factor", factor);
    long[] steps = milestones.clone();
    return step -> {
      int reached = 0;
      for (long milestone : steps) {
        reached += step >= milestone ? 1 : 0;
      }
      return rate * Math.pow(factor, reached);
    };
  }

  /** {@code rate * factor^step}; PyTorch's {@code ExponentialLR}. */
  static LearningRate exponential(double rate, double factor) {
    Settings.requirePositive("learning rate:", rate);
    Settings.requirePositive("learning rate: factor", factor);
    return step -> rate * Math.pow(factor, (double) step);
  }

  /**
   * {@code rate * (1 - step / steps)^power}, and 0 from step {@code steps} on; PyTorch's {@code
   * PolynomialLR}.
   */
  static LearningRate polynomial(double rate, double power, long steps) {
    Settings.requirePositive("learning rate:", rate);
    Settings.requirePositive("learning rate: power", power);
    Settings.requireSteps("learning rate: steps", steps);
    return step -> rate * Math.pow(1 - part(step, steps), power);
  }

  /** Straight from {@code rate} at step 0 to {@code last} at {@code steps} and after. */
  static LearningRate linear(double rate, double last, long steps) {
    Settings.requirePositive("learning rate:", rate);
    return triangular(rate, steps, 1, 0, last / rate);
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

  /**
   * From {@code rate} down to {@code last} along half a cosine (Loshchilov and Hutter 2017,
   * equation 5, without restarts); PyTorch's {@code CosineAnnealingLR}:
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
    return step -> cosineBetween(rate, last, part(step, steps));
  }

  /**
   * Down along half a cosine again and again (Loshchilov and Hutter 2017, equation 5); PyTorch's
   * {@code CosineAnnealingWarmRestarts}.
   *
   * @param steps how many the first descent takes
   * @param growth how much longer than the one before each other is, at least 1
   */
  static LearningRate cosineRestarts(double rate, double last, long steps, int growth) {
    Settings.requirePositive("learning rate:", rate);
    Settings.requireNotNegative("learning rate: last", last);
    Settings.requireSteps("learning rate: steps", steps);
    Settings.requireSteps("learning rate: growth", growth);
    return step -> {
      long start = growth == 1 ? step - step % steps : 0;
      long length = steps;
      while (step - start >= length) {
        start += length;
        length *= growth;
      }
      return cosineBetween(rate, last, part(step - start, length));
    };
  }

  /**
   * One cycle up to {@code peak} and down to nearly nothing within so many steps; see {@link
   * OneCycle}.
   */
  static OneCycle oneCycle(double peak, long steps) {
    return new OneCycle(peak, steps);
  }

  /**
   * The same times {@code (step + 1) / steps} during the first {@code steps}, so when they are over
   * the rate is as far as it would be without. A rate that begins only then is made by {@link
   * #then}.
   */
  default LearningRate warmUp(long steps) {
    return step -> at(step) * Math.min(1.0, (step + 1.0) / Math.max(steps, 1));
  }

  /**
   * The same for so many steps, then another from its beginning; PyTorch's {@code SequentialLR}.
   */
  default LearningRate then(long steps, LearningRate next) {
    Settings.requireSteps("learning rate: steps before the next", steps);
    return step -> step < steps ? at(step) : next.at(step - steps);
  }

  /**
   * The same going on only after every so many steps: {@code LearningRate.exponential(0.1,
   * 0.9).everySteps(batches.perEpoch())} falls from epoch to epoch.
   */
  default LearningRate everySteps(long steps) {
    Settings.requireSteps("learning rate: steps between changes", steps);
    return step -> at(step / steps);
  }

  /** The same times a constant. */
  default LearningRate times(double factor) {
    return step -> factor * at(step);
  }

  private static double part(long step, long steps) {
    return Math.min(1.0, (double) step / steps);
  }

  private static double cosineBetween(double from, double to, double part) {
    return OneCycle.cosineBetween(from, to, part);
  }
}
