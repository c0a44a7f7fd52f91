package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x - log(sum(exp(x)))} along an axis: scores to logarithms of probabilities.
 *
 * <pre>{@code
 * Tensor logProbabilities = new LogSoftmax().forward(logits);   // [N, K] -> [N, K]
 * Tensor byPixel = new LogSoftmax(1).forward(scores);   // [N, K, H, W]
 * }</pre>
 */
public final class LogSoftmax extends AlongAxis {

  /** Along the last axis. */
  public LogSoftmax() {
    this(-1);
  }

  /** Along that axis; a negative one counts from the last. */
  public LogSoftmax(int axis) {
    super(axis);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.logSoftmax(axis);
  }
}
