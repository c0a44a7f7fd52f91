package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code exp(x) / sum(exp(x))} along an axis: scores to probabilities.
 *
 * <pre>{@code
 * Tensor probabilities = new Softmax().forward(logits);   // [N, K] -> [N, K]
 * Tensor byPixel = new Softmax(1).forward(scores);   // [N, K, H, W]
 * }</pre>
 */
public final class Softmax extends AlongAxis {

  /** Along the last axis. */
  public Softmax() {
    this(-1);
  }

  /** Along that axis; a negative one counts from the last. */
  public Softmax(int axis) {
    super(axis);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.softmax(axis);
  }
}
