package io.github.trimaran.train;

import io.github.trimaran.tensor.Tensor;

/**
 * What an {@link Objective} found for a batch.
 *
 * <pre>{@code
 * return Outcome.of(loss).scored(logits, labels).weighted(mask).over(numberOfTokens);
 * }</pre>
 *
 * @param loss to be made small: a mean over samples, 0-d
 * @param outputs what the model gave, for metrics; null if there is nothing to measure
 * @param targets what it should have given; null likewise
 * @param weights how much each sample or target counts in metrics; null for all alike
 * @param count how many samples the loss is the mean of; NaN for those of the batch
 */
public record Outcome(Tensor loss, Tensor outputs, Tensor targets, Tensor weights, double count) {

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
    return new Outcome(loss, null, null, null, Double.NaN);
  }

  /** The same with what metrics compare. */
  public Outcome scored(Tensor modelOutputs, Tensor expected) {
    return new Outcome(loss, modelOutputs, expected, weights, count);
  }

  /**
   * The same with weights for metrics, of the shape of the targets or its first extents; floats, or
   * BOOL, false for what does not count.
   */
  public Outcome weighted(Tensor ofTargets) {
    return new Outcome(loss, outputs, targets, ofTargets, count);
  }

  /**
   * The same for a loss that is the mean of another number than the batch's samples, such as of the
   * tokens that are not padding: so batches weigh right in the mean over an epoch.
   */
  public Outcome over(double number) {
    return new Outcome(loss, outputs, targets, weights, number);
  }

  /** How many samples the loss is the mean of, in a batch of that size. */
  double countIn(int batchSize) {
    return Double.isNaN(count) ? batchSize : count;
  }
}
