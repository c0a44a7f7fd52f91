package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Dropout that keeps mean 0 and variance 1, to go with {@link SELU}: in training sets each element
 * with probability p to SELU's lower limit instead of 0, and then scales and shifts all (Klambauer
 * et al. 2017, section 3). In evaluation does nothing.
 *
 * <pre>{@code
 * Layer block = new Sequential(new Linear(64, 64), new SELU(), new AlphaDropout(0.1));
 * }</pre>
 */
public final class AlphaDropout extends Layer {

  private static final double LIMIT = -SELU.ALPHA * SELU.SCALE;

  private final double probability;

  /**
   * With that probability of the lower limit.
   *
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public AlphaDropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw error("probability must be at least 0 and below 1, is " + probability);
    }
    this.probability = probability;
  }

  @Override
  protected String describe() {
    return Double.toString(probability);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (!mode.isTraining() || probability == 0) {
      return x;
    }
    double scale = 1 / Math.sqrt((1 - probability) * (1 + probability * LIMIT * LIMIT));
    Tensor kept = DropoutNd.mask(x, x.shape(), probability, 1, mode.rng());
    Tensor dropped = kept.neg().add(1).mul(LIMIT);
    return x.mul(kept).add(dropped).add(-probability * LIMIT).mul(scale);
  }

  @Override
  public Form form() {
    return Form.of("probability", probability);
  }
}
