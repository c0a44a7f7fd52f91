package io.github.trimaran.train;

import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.losses.Costs;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.losses.Loss;
import io.github.trimaran.nn.losses.LossFunction;
import io.github.trimaran.tensor.Tensor;

/**
 * The objective of a model of one input and one target: a loss compares {@code
 * model.forward(input)} with the target; or with the shares, where samples belong to several
 * classes. What a batch has as weights is multiplied into the losses, see {@link Loss#of(Tensor,
 * Tensor, Tensor)}, and counts in metrics.
 *
 * <pre>{@code
 * Supervised regression = new Supervised(new MSELoss());
 * Trainer trainer = Trainer.builder(model, adam, regression).build();
 * }</pre>
 */
public final class Supervised implements Objective<Layer> {

  private final LossFunction loss;
  private final Scoring scoring;

  /** With that loss. */
  public Supervised(LossFunction loss) {
    this(loss, Scoring.PLAIN);
  }

  private Supervised(LossFunction loss, Scoring scoring) {
    this.loss = loss;
    this.scoring = scoring;
  }

  /** Of classes: softmax cross entropy. */
  public static Supervised classification() {
    return new Supervised(new CrossEntropyLoss());
  }

  /** The same with these views of the inputs in evaluation. */
  public Supervised scoring(Scoring views) {
    return new Supervised(loss, views);
  }

  @Override
  public Outcome of(Layer model, TensorBatch batch, Mode mode) {
    Tensor outputs =
        mode.isTraining()
            ? model.forward(batch.input(), mode)
            : scoring.scores(model, batch.input());
    Tensor weights = batch.has(Batch.WEIGHTS) ? batch.get(Batch.WEIGHTS) : null;
    return outcome(outputs, targets(batch), weights)
        .scored(outputs, batch.target())
        .weighted(weights);
  }

  /**
   * What each sample costs a model in training, {@code [N]}: the mean over its targets.
   *
   * @throws IllegalArgumentException if the loss is none of single samples
   */
  Tensor losses(Layer model, TensorBatch batch, Mode mode) {
    if (!(loss instanceof Loss known)) {
      throw new IllegalArgumentException(
          "objective: the loss of each sample is asked for, which a LossFunction does not tell;"
              + " extend Loss");
    }
    Tensor weights = batch.has(Batch.WEIGHTS) ? batch.get(Batch.WEIGHTS) : null;
    Tensor losses =
        known.costs(model.forward(batch.input(), mode), targets(batch), weights).losses();
    return losses.reshape(batch.size(), -1).mean(1);
  }

  private static Tensor targets(TensorBatch batch) {
    return batch.get(batch.has(Batch.SHARES) ? Batch.SHARES : Batch.TARGET);
  }

  private Outcome outcome(Tensor outputs, Tensor targets, Tensor weights) {
    if (loss instanceof Loss known) {
      Costs costs = known.costs(outputs, targets, weights);
      return Outcome.of(known.reduction().of(costs)).over(costs.count());
    }
    if (weights != null) {
      throw new IllegalArgumentException(
          "objective: the batch has weights, which a LossFunction does not take; extend Loss");
    }
    return Outcome.of(loss.of(outputs, targets));
  }
}
