package io.github.trimaran.data;

import io.github.trimaran.random.Rng;
import java.util.stream.IntStream;

/**
 * Which samples an epoch has, in which order.
 *
 * <pre>{@code
 * double[] often = ClassWeights.balanced(samples.labels());
 * DataLoader some = new DataLoader(samples, 32).sampler(Sampler.withReplacement(2_000), Rng.seeded(1));
 * DataLoader even = new DataLoader(samples, 32).sampler(Sampler.weighted(often, 500), Rng.seeded(1));
 * }</pre>
 */
public interface Sampler {

  /** Stands for as many samples as there are. */
  int ALL = -1;

  /** How many samples an epoch has, of that many there are. */
  int count(int samples);

  /**
   * The samples of one epoch, by number.
   *
   * @param rng this epoch's own
   */
  int[] order(int samples, Rng rng);

  /** All, in their order. */
  static Sampler inOrder() {
    return of((samples, rng) -> IntStream.range(0, samples).toArray());
  }

  /** All, each epoch in another order. */
  static Sampler shuffled() {
    return of((samples, rng) -> rng.permutation(samples));
  }

  /** So many, drawn evenly: one may come more than once, or not at all. */
  static Sampler withReplacement(int count) {
    return of(
        count,
        (samples, rng) -> IntStream.range(0, count).map(i -> rng.nextInt(samples)).toArray());
  }

  /**
   * So many, each drawn with a probability in proportion to its weight; one may come more than
   * once; PyTorch's {@code WeightedRandomSampler}.
   *
   * @param weights one a sample, at least 0, not all 0
   */
  static Sampler weighted(double[] weights, int count) {
    double[] sums = new double[weights.length];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "sampler: weights must be finite and at least 0, one is " + weights[i]);
      }
      total += weights[i];
      sums[i] = total;
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException("sampler: at least one weight must be over 0");
    }
    return of(
        count,
        (samples, rng) -> {
          if (samples != sums.length) {
            throw new IllegalArgumentException(
                "sampler: " + sums.length + " weights do not go with " + samples + " samples");
          }
          return IntStream.range(0, count).map(i -> drawn(sums, rng.nextDouble())).toArray();
        });
  }

  /** The first sample whose sum is over that share of the total; its weight is not 0. */
  private static int drawn(double[] sums, double share) {
    double value = share * sums[sums.length - 1];
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** How an epoch's order is made. */
  @FunctionalInterface
  interface Order {
    /** See {@link Sampler#order}. */
    int[] of(int samples, Rng rng);
  }

  /** As many as there are. */
  private static Sampler of(Order order) {
    return of(ALL, order);
  }

  private static Sampler of(int count, Order order) {
    if (count < 1 && count != ALL) {
      throw new IllegalArgumentException("sampler: count must be at least 1, is " + count);
    }
    return new Sampler() {
      @Override
      public int count(int samples) {
        return count == ALL ? samples : count;
      }

      @Override
      public int[] order(int samples, Rng rng) {
        return order.of(samples, rng);
      }
    };
  }
}
