package io.github.trimaran.nn.models;

import io.github.trimaran.random.Rng;
import java.util.Arrays;

/**
 * How the next token is drawn from the scores of all: by softmax, made sharper or flatter by a
 * temperature (Ackley, Hinton and Sejnowski 1985), and of the best k only (Fan, Lewis and Dauphin
 * 2018). With scores x, temperature T:
 *
 * <pre>
 * p[i] = exp(x[i] / T) / sum over the best k of exp(x[j] / T)
 * </pre>
 *
 * <pre>{@code
 * TokenSampling sampling = new TokenSampling().temperature(0.8).topK(20);
 * int token = sampling.draw(scores.toDoubles(), Rng.seeded(29));     // scores [V]
 * }</pre>
 *
 * <p>At first the temperature is 1, and all tokens may come. Of several tokens that are equally the
 * kth best, all may come. With k of 1 it is the best token: of equals, any.
 */
public final class TokenSampling {

  private final double temperature;
  private final int topK;

  /** By softmax. */
  public TokenSampling() {
    this(1, Integer.MAX_VALUE);
  }

  private TokenSampling(double temperature, int topK) {
    this.temperature = temperature;
    this.topK = topK;
  }

  /** The same at another temperature: below 1 likely tokens become more so, above 1 less. */
  public TokenSampling temperature(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "sampling: temperature must be over 0 and finite, is "
              + value
              + "; for the best token take topK(1)");
    }
    return new TokenSampling(value, topK);
  }

  /** The same of the {@code count} best tokens only. */
  public TokenSampling topK(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("sampling: topK must be at least 1, is " + count);
    }
    return new TokenSampling(temperature, count);
  }

  /**
   * A token, from 0.
   *
   * @param scores one a token
   * @param rng drawn from once
   * @throws IllegalArgumentException if there are none, or one is NaN
   */
  public int draw(double[] scores, Rng rng) {
    double[] ordered = scores.clone();
    Arrays.sort(ordered);
    int count = ordered.length;
    if (count == 0 || Double.isNaN(ordered[count - 1])) {
      throw new IllegalArgumentException(
          "sampling: " + (count == 0 ? "there are no scores" : "a score is NaN"));
    }
    double least = ordered[Math.max(0, count - topK)];
    double highest = ordered[count - 1];
    double[] sums = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += scores[i] >= least ? Math.exp((scores[i] - highest) / temperature) : 0;
      sums[i] = sum;
    }
    double drawn = rng.nextDouble() * sum;
    int token = 0;
    while (sums[token] <= drawn) {
      token++;
    }
    return token;
  }

  @Override
  public String toString() {
    return "temperature " + temperature + (topK < Integer.MAX_VALUE ? ", best " + topK : "");
  }
}
