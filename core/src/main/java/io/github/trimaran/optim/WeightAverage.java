package io.github.trimaran.optim;

import io.github.trimaran.io.weights.StateDict;

/**
 * An average of a model's parameters and buffers over the steps of training, which usually
 * classifies better than the last values alone.
 *
 * <pre>{@code
 * try (WeightAverage average = new Ema(model, 0.99)) {
 *   for (long step = 1; step <= steps; step++) {
 *     optimizer.step(gradients());
 *     average.afterStep(step);
 *   }
 *   average.finish();
 * }
 * }</pre>
 */
public interface WeightAverage extends AutoCloseable {

  /** Takes the model's values after a step into the average. {@code step} counts from 1. */
  void afterStep(long step);

  /**
   * Exchanges the model's values with those to evaluate; a second call exchanges them back. Does
   * nothing where the model's own are to be evaluated.
   */
  void swap();

  /** Gives the model its final values when training is over. */
  void finish();

  /** A copy of the averages. */
  StateDict state();

  /** Goes on from a saved state. */
  void restore(StateDict state);

  @Override
  void close();
}
