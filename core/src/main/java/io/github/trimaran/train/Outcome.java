package io.github.trimaran.train;

import io.github.trimaran.tensor.Tensor;

/**
 * What an {@link Objective} found for a batch.
 *
 * <pre>{@code
 * return Outcome.of(loss).scored(logits, labels).over(numberOfTokens);
 * }</pre>
 *
 * @param loss to be made small: a mean over samples, 0-d
 * @param outputs what the model gave, for metrics; null if there is nothing to measure
 * @param targets what it should have given; null likewise
 * @param count how many samples the loss is the mean of; 0 for all of the batch
 */
public record Outcome(Tensor loss, Tensor outputs, Tensor targets, double count) {

  /** Checks the shape of the loss. */
  public Outcome {
    if (loss.shape().size() != 1) {
      throw new IllegalArgumentException(
          "objective: the loss must be one number, its shape is "
              + loss.shape()
              + "; take the mean");
    }
  }

  /** A loss alone. */
  public static Outcome of(Tensor loss) {
    return new Outcome(loss, null, null, 0);
  }

  /** The same with what metrics compare. */
  public Outcome scored(Tensor modelOutputs, Tensor expected) {
    return new Outcome(loss, modelOutputs, expected, count);
  }

  /**
   * The same for a loss that is the mean of another number than the batch's samples, such as of the
   * tokens that are not padding: so batches weigh right in the mean over an epoch.
   */
  public Outcome over(double number) {
    return new Outcome(loss, outputs, targets, number);
  }

  /** How many samples the loss is the mean of, in a batch of that size. */
  double countIn(int batchSize) {
    return count == 0 ? batchSize : count;
  }
}
