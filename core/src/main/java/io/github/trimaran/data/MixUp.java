package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * Adds another sample of the batch to each, {@code share * x + (1 - share) * other}, and shares out
 * its label alike (Zhang et al. 2018, "mixup", arXiv:1710.09412), where the share is drawn from the
 * distribution {@code Beta(alpha, alpha)}. Each sample draws its own share.
 *
 * <pre>{@code
 * Batches training = Batches.shuffled(dataset, 50, rng).mixed(new MixUp(0.2));
 * }</pre>
 *
 * @param alpha over 0: near 0 a sample is hardly changed, at 1 all shares are as likely; 0.1 to 0.4
 *     in the paper's ImageNet, 1 in its CIFAR-10
 */
public record MixUp(double alpha) implements Mixing {

  /** Checks the parameter. */
  public MixUp {
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException("mixup: alpha must be over 0, is " + alpha);
    }
  }

  /**
   * A label becomes that of the larger share.
   *
   * @throws IllegalArgumentException if a label is not from 0 to {@code classes - 1}
   */
  @Override
  public Batch mix(Batch batch, int classes, Rng rng) {
    float[] values = batch.input().floats();
    float[] from = values.clone();
    long[] labels = ClassIndices.copied("mixup", batch.target().longs(), classes);
    int[] partners = rng.permutation(batch.size());
    int size = values.length / batch.size();
    float[] shares = new float[batch.size() * classes];
    for (int i = 0; i < batch.size(); i++) {
      int partner = partners[i];
      float share = (float) share(rng);
      for (int j = 0; j < size; j++) {
        values[i * size + j] = share * from[i * size + j] + (1 - share) * from[partner * size + j];
      }
      shares[i * classes + (int) labels[i]] += share;
      shares[i * classes + (int) labels[partner]] += 1 - share;
      batch.target().longs()[i] = labels[share < 0.5 ? partner : i];
    }
    return batch.with(Batch.SHARES, HostArray.of(shares, Shape.of(batch.size(), classes)));
  }

  /**
   * Of {@code Beta(alpha, alpha)}, as the share of one of two numbers from a gamma distribution.
   */
  private double share(Rng rng) {
    double one = gamma(rng);
    double other = gamma(rng);
    if (one + other == 0) { // with a very small alpha both are too small for a double
      return rng.nextDouble() < 0.5 ? 0 : 1;
    }
    return one / (one + other);
  }

  /**
   * Of the gamma distribution with this shape (Marsaglia and Tsang 2000, "A simple method for
   * generating gamma variables"); shapes below 1 by one that is larger by 1.
   */
  private double gamma(Rng rng) {
    double shape = alpha < 1 ? alpha + 1 : alpha;
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = rng.nextGaussian();
      double root = 1 + c * x;
      if (root <= 0) {
        continue;
      }
      double v = root * root * root;
      if (Math.log(1 - rng.nextDouble()) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
        return d * v * (alpha < 1 ? Math.pow(1 - rng.nextDouble(), 1 / alpha) : 1);
      }
    }
  }
}
