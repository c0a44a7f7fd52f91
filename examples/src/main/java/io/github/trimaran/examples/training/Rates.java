package io.github.trimaran.examples.training;

import io.github.trimaran.optim.LearningRate;

/** The course of the learning rate over a training of so many steps. */
public enum Rates implements Choice {
  /** Always the same. */
  CONSTANT((rate, steps) -> LearningRate.constant(rate)),

  /** Straight down to 0. */
  LINEAR((rate, steps) -> LearningRate.linear(rate, 0, steps)),

  /** A tenth after each third. */
  STEP((rate, steps) -> LearningRate.stepDecay(rate, Math.max(1, steps / 3), 0.1)),

  /** A tenth after a half, and again after three quarters. */
  MULTI_STEP((rate, steps) -> LearningRate.multiStep(rate, 0.1, steps / 2, steps * 3 / 4)),

  /** Down to a hundredth. */
  EXPONENTIAL((rate, steps) -> LearningRate.exponential(rate, Math.pow(0.01, 1.0 / steps))),

  /** Down to 0 along a parabola. */
  POLYNOMIAL((rate, steps) -> LearningRate.polynomial(rate, 2, steps)),

  /** Down to 0 along half a cosine. */
  COSINE((rate, steps) -> LearningRate.cosine(rate, 0, steps)),

  /** Three such descents, each twice as long as the one before: 1 + 2 + 4 parts. */
  RESTARTS((rate, steps) -> LearningRate.cosineRestarts(rate, 0, (steps + 6) / 7, 2)),

  /** Up and down once. */
  ONE_CYCLE(LearningRate::oneCycle);

  private interface Course {
    LearningRate of(double rate, long steps);
  }

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final Course course;

  Rates(Course course) {
    this.course = course;
  }

  /**
   * The rate of each step.
   *
   * @param rate the highest
   */
  LearningRate of(double rate, long steps) {
    return course.of(rate, steps);
  }
}
