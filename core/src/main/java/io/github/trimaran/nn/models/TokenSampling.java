package io.github.trimaran.nn.models;

import io.github.trimaran.random.Rng;
import java.util.Arrays;

/**
 * How the next token is drawn from the scores of all: by softmax, made sharper or flatter by a
 * temperature (Ackley, Hinton and Sejnowski 1985), and of the best k only (Fan, Lewis and Dauphin
 * 2018), or of the nucleus (Holtzman et al. 2020). With scores x, temperature T:
 *
 * <pre>
 * p[i] = exp(x[i] / T) / sum over the best k of exp(x[j] / T)
 * </pre>
 *
 * <pre>{@code
 * TokenSampling sampling = new TokenSampling().temperature(0.8).topK(20);    // or topP(0.9)
 * int token = sampling.draw(scores.toDoubles(), Rng.seeded(29));     // scores [V]
 * }</pre>
 *
 * <p>The nucleus are the likeliest of these tokens, as few as have a probability of at least P
 * together. At first the temperature is 1, and all tokens may come. Of several tokens that are
 * equally the kth best, or the last of the nucleus, all may come. With k of 1 it is the best token:
 * of equals, any.
 */
public final class TokenSampling {

  private final double temperature;
  private final int topK;
  private final double topP;

  /** By softmax. */
  public TokenSampling() {
    this(1, Integer.MAX_VALUE, 1);
  }

  private TokenSampling(double temperature, int topK, double topP) {
    this.temperature = temperature;
    this.topK = topK;
    this.topP = topP;
  }

  /** The same at another temperature: below 1 likely tokens become more so, above 1 less. */
  public TokenSampling temperature(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "sampling: temperature must be over 0 and finite, is "
              + value
              + "; for the best token take topK(1)");
    }
    return new TokenSampling(value, topK, topP);
  }

  /** The same of the {@code count} best tokens only. */
  public TokenSampling topK(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("sampling: topK must be at least 1, is " + count);
    }
    return new TokenSampling(temperature, count, topP);
  }

  /**
   * The same of the nucleus only.
   *
   * @param share the probability that its tokens have together at least, over 0 and at most 1
   */
  public TokenSampling topP(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "sampling: topP must be over 0 and at most 1, is " + share);
    }
    return new TokenSampling(temperature, topK, share);
  }

  /**
   * A token, from 0.
   *
   * @param scores one a token
   * @param rng drawn from once
   * @throws IllegalArgumentException if there are none, one is NaN or infinite, or all are minus
   *     infinity; one of minus infinity never comes
   */
  public int draw(double[] scores, Rng rng) {
    double[] ordered = scores.clone();
    Arrays.sort(ordered);
    int count = ordered.length;
    if (count == 0 || Double.isNaN(ordered[count - 1])) {
      throw new IllegalArgumentException(
          "sampling: " + (count == 0 ? "there are no scores" : "a score is NaN"));
    }
    if (Double.isInfinite(ordered[count - 1])) { // minus infinity is for tokens that never come
      throw new IllegalArgumentException(
          "sampling: the highest score must be finite, is " + ordered[count - 1]);
    }
    double least = ordered[Math.max(0, count - topK)];
    double highest = ordered[count - 1];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = scores[i] >= least ? Math.exp((scores[i] - highest) / temperature) : 0;
    }
    double smallest = topP < 1 ? smallestOfNucleus(weights) : 0;
    double[] sums = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i] >= smallest ? weights[i] : 0;
      sums[i] = sum;
    }
    double drawn = rng.nextDouble() * sum;
    int token = 0;
    while (sums[token] <= drawn) {
      token++;
    }
    return token;
  }

  private double smallestOfNucleus(double[] weights) {
    double[] ordered = weights.clone();
    Arrays.sort(ordered);
    double wanted = topP * Arrays.stream(ordered).sum();
    double sum = 0;
    int i = ordered.length;
    do {
      sum += ordered[--i];
    } while (sum < wanted && i > 0);
    return ordered[i];
  }

  @Override
  public String toString() {
    return "temperature "
        + temperature
        + (topK < Integer.MAX_VALUE ? ", best " + topK : "")
        + (topP < 1 ? ", nucleus of " + topP : "");
  }
}
