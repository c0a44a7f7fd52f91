package io.github.trimaran.nn;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;

/**
 * In training sets each element to 0 with probability p and divides the others by {@code 1 - p}, so
 * that the expectation stays; in evaluation does nothing (Srivastava et al. 2014). The mask is
 * drawn on the host, so it is the same on every backend.
 */
public final class Dropout extends Layer {

  private final double probability;

  /**
   * With that probability of 0.
   *
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public Dropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Dropout: probability must be at least 0 and below 1, is " + probability);
    }
    this.probability = probability;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (!mode.isTraining() || probability == 0) {
      return x;
    }
    Rng rng = mode.rng();
    double kept = 1 / (1 - probability);
    HostArray mask = HostArray.zeros(x.shape(), x.dtype());
    for (int i = 0; i < x.shape().size(); i++) {
      if (rng.nextDouble() >= probability) {
        mask.set(i, kept);
      }
    }
    return x.mul(Tensor.of(x.backend(), mask));
  }
}
