package io.github.trimaran.train;

import io.github.trimaran.collective.Collective;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Shard;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.train.metrics.Metric;
import java.util.List;

/**
 * Runs a model over samples batch by batch and measures it.
 *
 * <pre>{@code
 * Evaluation test =
 *     Evaluator.plain()
 *         .metrics(new F1Score(), new AUROC())
 *         .evaluate(model, Batches.inOrder(dataset, 500));
 * System.out.println(test.accuracy() + " " + test.metric("f1"));
 * }</pre>
 *
 * @param <M> the kind of model
 */
public final class Evaluator<M extends Model> {

  private final Objective<? super M> objective;
  private final List<Metric> metrics;

  /** Measures what that objective gives. */
  public Evaluator(Objective<? super M> objective) {
    this(objective, List.of());
  }

  private Evaluator(Objective<? super M> objective, List<Metric> metrics) {
    this.objective = objective;
    this.metrics = Measurements.checked(metrics);
  }

  /** Measures cross entropy and accuracy of the inputs as they are. */
  public static Evaluator<Layer> plain() {
    return new Evaluator<>(Supervised.classification());
  }

  /**
   * The same with these metrics besides; their values are found by name, {@link Evaluation#metric}.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public Evaluator<M> metrics(Metric... besides) {
    return new Evaluator<>(objective, List.of(besides));
  }

  /** Measures the model on the first epoch of a source. */
  public Evaluation evaluate(M model, BatchSource source) {
    return evaluate(BoundObjective.of(model, objective), source, metrics, Collective.alone());
  }

  /** With several workers each computes its part of each batch, and all get the whole. */
  static Evaluation evaluate(
      BoundObjective objective, BatchSource source, List<Metric> metrics, Collective workers) {
    double[] sums = new double[3]; // of losses, of what they count, of samples
    Confusion confusion = Confusion.withTable();
    Measurements measurements = new Measurements(metrics, objective.model().backend(), workers);
    Shard.Of own = new Shard.Of(workers.rank(), workers.size());
    try (GradMode off = GradMode.disable()) {
      for (Shard shard : source.shards(0, 0, own)) {
        try (Scope scope = Scope.open("the evaluation")) {
          if (shard.samples() == 0) {
            measurements.addNothing();
          } else {
            Outcome outcome = objective.of(shard.batch(), Mode.EVAL);
            double weight = outcome.countIn(shard.samples());
            // The mean of nothing is NaN; it does not count.
            sums[0] += weight == 0 ? 0 : outcome.loss().item() * weight;
            sums[1] += weight;
            sums[2] += shard.samples();
            confusion.add(outcome);
            measurements.add(outcome);
          }
        }
      }
    }
    workers.allReduce(sums);
    confusion.addAll(workers);
    return new Evaluation(sums[0] / sums[1], Math.round(sums[2]), confusion, measurements.values());
  }
}
