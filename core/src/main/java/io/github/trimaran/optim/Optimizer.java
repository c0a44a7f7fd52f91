package io.github.trimaran.optim;

import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Changes parameters in place so that a loss gets smaller.
 *
 * <pre>{@code
 * try (Optimizer adam = new Adam(model.parameters(), 1e-3)) {
 *   for (Batch batch : batches.epoch(0, 0)) {
 *     try (Scope scope = Scope.open()) {
 *       Tensor loss = loss(model, batch);
 *       adam.step(Gradients.of(loss, Parameter.tensors(adam.parameters())));
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Frozen parameters are left alone, whatever their gradients are.
 */
public interface Optimizer extends AutoCloseable {

  /** What it changes. */
  List<Parameter> parameters();

  /**
   * One step.
   *
   * @param gradients of the loss, one for each of {@link #parameters()} in order; null will do for
   *     a frozen one
   */
  void step(List<Tensor> gradients);

  /** One step, by gradients with respect to all {@link #parameters()} that are not frozen. */
  default void step(Gradients gradients) {
    step(parameters().stream().map(p -> p.isFrozen() ? null : gradients.get(p.tensor())).toList());
  }

  /** How many steps were taken. */
  long steps();

  /** The learning rate of the next step. */
  double learningRate();

  /** A copy of everything it remembers from step to step. */
  StateDict state();

  /**
   * Goes on from a state that an optimiser of the same kind and parameters gave.
   *
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape
   */
  void restore(StateDict state);

  /** Releases what it remembers; the parameters stay. */
  @Override
  void close();
}
