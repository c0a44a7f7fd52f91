package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor ones(int... extents) {
    return Tensor.ones(backend, Shape.of(extents), DType.FLOAT64);
  }

  private static Mode train() {
    return Mode.train(Rng.seeded(1));
  }

  @Test
  void allAreOffInEvaluation() {
    Tensor x = ones(2, 3, 4, 5);
    for (Layer layer : List.of(new Dropout(0.5), new Dropout2d(0.5), new AlphaDropout(0.5))) {
      assertThat(layer.forward(x)).isSameAs(x);
    }
    Tensor line = ones(2, 3, 4);
    assertThat(new Dropout1d(0.5).forward(line)).isSameAs(line);
    assertThatThrownBy(() -> new Dropout(1)).hasMessageContaining("below 1");
    assertThatThrownBy(() -> new AlphaDropout(-0.1)).hasMessageContaining("at least 0");
  }

  @Test
  void elementsKeepTheirExpectation() {
    Dropout dropout = new Dropout(0.25);
    double[] dropped = dropout.forward(ones(100, 100), train()).toDoubles();
    assertThat(dropped).containsOnly(0, 1 / 0.75);
    assertRate(dropped);
    assertThat(dropout.forward(ones(100, 100), train()).toDoubles()).isEqualTo(dropped);
  }

  /** Five standard deviations of a binomial around 2500 of 10,000. */
  private static void assertRate(double[] dropped) {
    long zeros = Arrays.stream(dropped).filter(v -> v == 0).count();
    assertThat(zeros).isBetween(2500L - 217, 2500L + 217);
  }

  @Test
  void channelsAreDroppedWhole() {
    Tensor images = new Dropout2d(0.25).forward(ones(100, 100, 2, 3), train());
    Tensor lines = new Dropout1d(0.25).forward(ones(100, 100, 2), train());
    double[] first = images.narrow(2, 0, 1).narrow(3, 0, 1).toDoubles();
    assertThat(first).containsOnly(0, 1 / 0.75);
    assertRate(first);
    assertThat(images.max(2, 3).toDoubles()).isEqualTo(first);
    assertThat(images.min(2, 3).toDoubles()).isEqualTo(first);
    assertThat(lines.max(2).toDoubles()).isEqualTo(first);
    assertThat(lines.min(2).toDoubles()).isEqualTo(first);
  }

  /** Klambauer et al. 2017, section 3: for an input of mean 0 and variance 1. */
  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    Tensor x = Tensor.randn(backend, Shape.of(200, 200), DType.FLOAT64, Rng.seeded(3));
    Tensor y = new AlphaDropout(0.3).forward(x, train());
    // 40,000 samples: five standard errors of mean and variance.
    assertThat(y.mean().item()).isCloseTo(0, within(0.025));
    assertThat(y.variance().item()).isCloseTo(1, within(0.05));
  }

  /**
   * With p = 1/2 and the limit {@code -l}: the factor {@code a = (1/2 (1 + l^2 / 2))^(-1/2)}, what
   * is dropped {@code a (-l + l / 2)}, what is kept {@code a (x + l / 2)}.
   */
  @Test
  void alphaDropoutHasTwoValuesOfOne() {
    double limit = 1.7580993408473766;
    double factor = 1 / Math.sqrt(0.5 * (1 + limit * limit / 2));
    double[] y = new AlphaDropout(0.5).forward(ones(50), train()).toDoubles();
    double[] distinct = Arrays.stream(y).distinct().sorted().toArray();
    assertThat(distinct)
        .containsExactly(
            new double[] {-factor * limit / 2, factor * (1 + limit / 2)}, within(1e-14));
  }
}
