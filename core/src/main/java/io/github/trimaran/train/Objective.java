package io.github.trimaran.train;

import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;

/**
 * What training makes small: how a batch goes through a model and what the result costs. Training
 * and evaluation ask the same objective, so both see the same targets.
 *
 * <pre>{@code
 * Objective<TwoTowers> objective = (model, batch, mode) -> {
 *   Tensor score = model.forward(batch.get("query"), batch.get("document"), mode);
 *   return Outcome.of(new MSELoss().of(score, batch.target()));
 * };
 * Trainer trainer = Trainer.builder(towers, adam, objective).build();
 * }</pre>
 *
 * <p>Models of one input and one target have theirs already: {@link Supervised}.
 *
 * @param <M> the kind of model
 */
@FunctionalInterface
public interface Objective<M extends Model> {

  /**
   * The outcome of one batch.
   *
   * @param mode to be handed to the model: training, or evaluation
   */
  Outcome of(M model, TensorBatch batch, Mode mode);

  /**
   * An objective that remembers something from step to step, which checkpoints keep.
   *
   * @param <M> the kind of model
   */
  interface Stateful<M extends Model> extends Objective<M> {

    /** A copy of what it remembers. */
    StateDict state();

    /** Goes on from a saved {@link #state()}. */
    void restore(StateDict state);
  }
}
