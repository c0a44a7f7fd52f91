package io.github.trimaran.optim;

/**
 * A number that follows from the step of training alone, counted from 0: a learning rate, or a
 * momentum that moves against it.
 *
 * <pre>{@code
 * Schedule momentum = step -> Math.min(0.95, 0.85 + 0.001 * step);
 * Optimizer sgd = new Sgd(model.parameters(), 0.1).momentum(momentum);
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {

  /** The value at that step, from 0. */
  double at(long step);
}
