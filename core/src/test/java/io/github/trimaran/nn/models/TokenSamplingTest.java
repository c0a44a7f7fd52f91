package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.random.Rng;
import org.junit.jupiter.api.Test;

class TokenSamplingTest {

  private static final int DRAWS = 40_000;

  /** Of weights 1, 2, 3 and 4. */
  private static final double[] SCORES = {0, Math.log(2), Math.log(3), Math.log(4)};

  private static double[] shares(TokenSampling sampling, double... scores) {
    Rng rng = Rng.seeded(5);
    double[] shares = new double[scores.length];
    for (int i = 0; i < DRAWS; i++) {
      shares[sampling.draw(scores, rng)] += 1.0 / DRAWS;
    }
    return shares;
  }

  /** Four standard deviations of a share of a half are 0.01. */
  private static void check(TokenSampling sampling, double... weights) {
    double[] shares = shares(sampling, SCORES);
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      assertThat(shares[i]).as("token %d", i).isCloseTo(weights[i] / sum, within(0.01));
    }
  }

  @Test
  void drawsBySoftmax() {
    check(new TokenSampling(), 1, 2, 3, 4);
  }

  @Test
  void temperatureIsAPowerOfTheWeights() {
    check(new TokenSampling().temperature(0.5), 1, 4, 9, 16);
    check(new TokenSampling().temperature(2), 1, Math.sqrt(2), Math.sqrt(3), 2);
  }

  @Test
  void onlyTheBestMayCome() {
    check(new TokenSampling().topK(2), 0, 0, 3, 4);
    assertThat(shares(new TokenSampling().topK(2), SCORES)).startsWith(0, 0);
    assertThat(shares(new TokenSampling().topK(1), SCORES)).startsWith(0, 0, 0);
    check(new TokenSampling().topK(9), 1, 2, 3, 4);
  }

  /** Probabilities 0.1, 0.2, 0.3 and 0.4. */
  @Test
  void onlyTheNucleusMayCome() {
    check(new TokenSampling().topP(0.65), 0, 0, 3, 4);
    assertThat(shares(new TokenSampling().topP(0.65), SCORES)).startsWith(0, 0);
    check(new TokenSampling().topP(0.75), 0, 2, 3, 4);
    assertThat(shares(new TokenSampling().topP(0.4 - 1e-9), SCORES)).startsWith(0, 0, 0);
    assertThat(shares(new TokenSampling().topP(1e-12), SCORES)).startsWith(0, 0, 0);
    check(new TokenSampling().topP(1), 1, 2, 3, 4);
    // Of the best three the last has 2 / 9, so the two before have enough for 0.75.
    check(new TokenSampling().topK(3).topP(0.75), 0, 0, 3, 4);
    // Squared, the weights are 1, 4, 9 and 16: 16 / 30 are enough for 0.5.
    assertThat(shares(new TokenSampling().topP(0.5).temperature(0.5), SCORES)).startsWith(0, 0, 0);
    assertThat(new TokenSampling().topP(0.5)).hasToString("temperature 1.0, nucleus of 0.5");
    assertThatThrownBy(() -> new TokenSampling().topP(0))
        .hasMessage("sampling: topP must be over 0 and at most 1, is 0.0");
  }

  @Test
  void infiniteScores() {
    double none = Double.NEGATIVE_INFINITY;
    assertThat(shares(new TokenSampling(), none, 1, none))
        .containsExactly(new double[] {0, 1, 0}, within(1e-9));
    Rng rng = Rng.seeded(1);
    assertThatThrownBy(() -> new TokenSampling().draw(new double[] {none, none}, rng))
        .hasMessage("sampling: the highest score must be finite, is -Infinity");
    assertThatThrownBy(() -> new TokenSampling().topP(0.5).draw(new double[] {1, -none}, rng))
        .hasMessage("sampling: the highest score must be finite, is Infinity");
  }

  @Test
  void ofEqualsAllMayCome() {
    double[] shares = shares(new TokenSampling().topK(1), 3, 1, 3);
    assertThat(shares[0]).isCloseTo(0.5, within(0.01));
    assertThat(shares[1]).isZero();
  }

  @Test
  void whatIsImpossibleNeverComes() {
    double[] shares =
        shares(new TokenSampling(), Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY);
    assertThat(shares[1]).isCloseTo(1, within(1e-9));
  }

  @Test
  void scoresMayBeLarge() {
    assertThat(shares(new TokenSampling().temperature(0.01), 1e5, 0)[1]).isZero();
  }

  @Test
  void badInputIsRefused() {
    Rng rng = Rng.seeded(1);
    assertThatThrownBy(() -> new TokenSampling().temperature(0))
        .hasMessage(
            "sampling: temperature must be over 0 and finite, is 0.0;"
                + " for the best token take topK(1)");
    assertThatThrownBy(() -> new TokenSampling().temperature(Double.NaN))
        .hasMessageContaining("is NaN");
    assertThatThrownBy(() -> new TokenSampling().topK(0))
        .hasMessage("sampling: topK must be at least 1, is 0");
    assertThatThrownBy(() -> new TokenSampling().draw(new double[0], rng))
        .hasMessage("sampling: there are no scores");
    assertThatThrownBy(() -> new TokenSampling().draw(new double[] {1, Double.NaN, 2}, rng))
        .hasMessage("sampling: a score is NaN");
  }
}
