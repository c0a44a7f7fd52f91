package io.github.trimaran.train;

import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;

/**
 * Runs a model over samples batch by batch and measures it.
 *
 * <pre>{@code
 * Evaluation test = Evaluator.plain().evaluate(model, Batches.inOrder(dataset, 500));
 * System.out.println(test.accuracy());
 * }</pre>
 *
 * @param <M> the kind of model
 */
public final class Evaluator<M extends Model> {

  private final Objective<? super M> objective;

  /** Measures what that objective gives. */
  public Evaluator(Objective<? super M> objective) {
    this.objective = objective;
  }

  /** Measures cross entropy and accuracy of the inputs as they are. */
  public static Evaluator<Layer> plain() {
    return new Evaluator<>(Supervised.classification());
  }

  /** Measures the model on the first epoch of a source. */
  public Evaluation evaluate(M model, BatchSource source) {
    return evaluate(BoundObjective.of(model, objective), source);
  }

  static Evaluation evaluate(BoundObjective objective, BatchSource source) {
    long samples = 0;
    double count = 0;
    double lossSum = 0;
    Confusion confusion = new Confusion();
    try (GradMode off = GradMode.disable()) {
      for (Batch batch : source.epoch(0, 0)) {
        try (Scope scope = Scope.open("the evaluation")) {
          Outcome outcome = objective.of(batch, Mode.EVAL);
          double weight = outcome.countIn(batch.size());
          lossSum += outcome.loss().item() * weight;
          count += weight;
          samples += batch.size();
          confusion.add(outcome);
        }
      }
    }
    return new Evaluation(lossSum / count, samples, confusion.counts());
  }
}
