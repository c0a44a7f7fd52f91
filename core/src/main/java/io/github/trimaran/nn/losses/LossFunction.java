package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * What outputs cost, given their targets: what training makes small. A {@link Loss} is one, and so
 * is any function that gives one number as a 0-d tensor:
 *
 * <pre>{@code
 * LossFunction largestError = (outputs, targets) -> outputs.sub(targets).abs().max();
 * }</pre>
 */
@FunctionalInterface
public interface LossFunction {

  /** The loss of one batch. */
  Tensor of(Tensor outputs, Tensor targets);
}
