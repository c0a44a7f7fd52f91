package io.github.trimaran.train;

import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.losses.LossFunction;
import io.github.trimaran.tensor.Tensor;

/**
 * The objective of a model of one input and one target: a loss compares {@code
 * model.forward(input)} with the target; or with the shares, where samples belong to several
 * classes.
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
    Tensor compared = batch.get(batch.has(Batch.SHARES) ? Batch.SHARES : Batch.TARGET);
    return Outcome.of(loss.of(outputs, compared)).scored(outputs, batch.target());
  }
}
