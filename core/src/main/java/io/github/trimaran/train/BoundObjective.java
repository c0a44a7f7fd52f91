package io.github.trimaran.train;

import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;

/** A model with its objective, so that the kind of model matters no more. */
interface BoundObjective {

  /** See {@link Objective#of}. */
  Outcome of(TensorBatch batch, Mode mode);

  /** The model. */
  Model model();

  /** The objective without its model, if it remembers something; else null. */
  Objective.Stateful<?> stateful();

  /** The outcome of a batch on the host. */
  default Outcome of(Batch batch, Mode mode) {
    return of(new TensorBatch(batch, model()), mode);
  }

  static <M extends Model> BoundObjective of(M model, Objective<? super M> objective) {
    return new BoundObjective() {
      @Override
      public Outcome of(TensorBatch batch, Mode mode) {
        return objective.of(model, batch, mode);
      }

      @Override
      public Model model() {
        return model;
      }

      @Override
      public Objective.Stateful<?> stateful() {
        return objective instanceof Objective.Stateful<?> known ? known : null;
      }
    };
  }
}
