package io.github.trimaran.train;

import io.github.trimaran.array.DType;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Batches;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;

/** Runs a model over samples batch by batch and measures it. */
public final class Evaluator {

  private final LossFunction loss;
  private final Scoring scoring;

  private Evaluator(LossFunction loss, Scoring scoring) {
    this.loss = loss;
    this.scoring = scoring;
  }

  /** Measures cross entropy and accuracy of the images as they are. */
  public static Evaluator plain() {
    return new Evaluator(LossFunction.CROSS_ENTROPY, Scoring.PLAIN);
  }

  /** The same with another loss. */
  public Evaluator loss(LossFunction other) {
    return new Evaluator(other, scoring);
  }

  /** The same with other views of the images. */
  public Evaluator scoring(Scoring other) {
    return new Evaluator(loss, other);
  }

  /** Measures the model on a dataset. */
  public Evaluation evaluate(Layer model, Batches batches) {
    return evaluate(model, BatchSource.of(batches));
  }

  /** Measures the model on the first epoch of a source. */
  public Evaluation evaluate(Layer model, BatchSource source) {
    long samples = 0;
    double lossSum = 0;
    long[][] confusion = {};
    try (GradMode off = GradMode.disable()) {
      for (Batch batch : source.epoch(0, 0)) {
        try (Scope scope = Scope.open("the evaluation")) {
          Tensor labels = Inputs.labels(model, batch);
          Tensor scores = scoring.scores(model, Inputs.images(model, batch));
          lossSum += loss.of(scores, labels).item() * batch.size();
          samples += batch.size();
          if (labels.dtype() == DType.INT64) {
            confusion = count(confusion, scores, batch);
          }
        }
      }
    }
    return new Evaluation(lossSum / samples, samples, confusion);
  }

  private static long[][] count(long[][] before, Tensor scores, Batch batch) {
    int classes = scores.shape().dim(1);
    long[][] counts = before.length == 0 ? new long[classes][classes] : before;
    long[] predicted = scores.argMax(1).toLongs();
    long[] labels = batch.labels().longs();
    for (int i = 0; i < predicted.length; i++) {
      counts[(int) labels[i]][(int) predicted[i]]++;
    }
    return counts;
  }
}
