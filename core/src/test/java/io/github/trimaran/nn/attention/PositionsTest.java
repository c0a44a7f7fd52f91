package io.github.trimaran.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PositionsTest {

  private final NaiveBackend backend = new NaiveBackend();
  private final Rng rng = Rng.seeded(7);

  private Tensor random(int... extents) {
    Shape shape = Shape.of(extents);
    return Tensor.of(backend, HostArray.of(rng.doubles(shape.size(), -1, 1).toArray(), shape));
  }

  @Test
  void wavesByTheFormula() {
    Tensor zeros = Tensor.zeros(backend, Shape.of(1, 3, 4), DType.FLOAT64);
    assertThat(new SinusoidalPositions(4).batchFirst().forward(zeros).toDoubles())
        .containsExactly(
            new double[] {
              0,
              1,
              0,
              1,
              Math.sin(1),
              Math.cos(1),
              Math.sin(0.01),
              Math.cos(0.01),
              Math.sin(2),
              Math.cos(2),
              Math.sin(0.02),
              Math.cos(0.02)
            },
            within(1e-15));
    Tensor x = random(3, 2, 4);
    assertThat(new SinusoidalPositions(4).forward(x).toDoubles())
        .containsExactly(
            new SinusoidalPositions(4)
                .batchFirst()
                .forward(x.transpose(0, 1))
                .transpose(0, 1)
                .toDoubles(),
            within(1e-15));
  }

  @Test
  void learnedVectorsAreAddedAndLearned() {
    LearnedPositions positions =
        new LearnedPositions(3, 2)
            .batchFirst()
            .weightInit((shape, random) -> new double[] {1, 2, 3, 4, 5, 6});
    positions.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor x = Tensor.zeros(backend, Shape.of(2, 2, 2), DType.FLOAT64);
    Tensor y = positions.forward(x);
    assertThat(y.toDoubles()).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
    Tensor weight = positions.weight().tensor();
    assertThat(Gradients.of(y.sum(), weight).get(weight).toDoubles())
        .containsExactly(2, 2, 2, 2, 0, 0);
  }

  /** At position 1 the first pair is turned by 1 and the second by 1/100. */
  @Test
  void rotationByTheFormula() {
    Tensor x = Tensor.of(backend, new double[] {1, 2, 3, 4, 1, 2, 3, 4}, 2, 4);
    double c = Math.cos(1);
    double s = Math.sin(1);
    double c2 = Math.cos(0.01);
    double s2 = Math.sin(0.01);
    assertThat(new RotaryPositions(4).forward(x).toDoubles())
        .containsExactly(
            new double[] {1, 2, 3, 4, c - 2 * s, s + 2 * c, 3 * c2 - 4 * s2, 3 * s2 + 4 * c2},
            within(1e-15));
    assertThat(new RotaryPositions(4).halves().forward(x).toDoubles())
        .containsExactly(
            new double[] {1, 2, 3, 4, c - 3 * s, 2 * c2 - 4 * s2, s + 3 * c, 2 * s2 + 4 * c2},
            within(1e-15));
    assertThat(new RotaryPositions(4).base(100).forward(x).toDoubles()[6])
        .isCloseTo(3 * Math.cos(0.1) - 4 * Math.sin(0.1), within(1e-15));
  }

  /** The product of a query at i and a key at j depends on i - j alone. */
  @Test
  void rotatedProductsDependOnTheDistance() {
    for (RotaryPositions rotary :
        new RotaryPositions[] {new RotaryPositions(6), new RotaryPositions(6).halves()}) {
      Tensor q = rotary.forward(random(1, 6).broadcastTo(Shape.of(5, 6)));
      Tensor k = rotary.forward(random(1, 6).broadcastTo(Shape.of(5, 6)));
      double[] scores = q.matmul(k.mT()).toDoubles();
      for (int i = 1; i < 5; i++) {
        for (int j = 1; j < 5; j++) {
          assertThat(scores[5 * i + j]).isCloseTo(scores[5 * (i - 1) + j - 1], within(1e-14));
        }
      }
      assertThat(scores[0]).isNotCloseTo(scores[1], within(1e-3));
    }
  }

  /** Without positions, attention does not see the order of the keys; turned, it does. */
  @Test
  void attentionTurnsQueriesAndKeys() {
    MultiHeadAttention plain = new MultiHeadAttention(8, 2).batchFirst();
    MultiHeadAttention rotary = plain.rotary(new RotaryPositions(4));
    plain.init(backend, DType.FLOAT64, Rng.seeded(3));
    rotary.init(backend, DType.FLOAT64, plain.stateDict());
    Tensor x = random(1, 5, 8);
    Tensor query = x.narrow(1, 0, 1);
    double[] flipped = plain.forward(query, x.flip(1), x.flip(1), Mode.EVAL).toDoubles();
    assertThat(plain.forward(query, x, x, Mode.EVAL).toDoubles())
        .containsExactly(flipped, within(1e-14));
    assertThat(rotary.forward(query, x, x, Mode.EVAL).toDoubles()[0])
        .isNotCloseTo(
            rotary.forward(query, x.flip(1), x.flip(1), Mode.EVAL).toDoubles()[0], within(1e-6));
  }

  @Test
  void badInputIsRefusedInOneLine() {
    LearnedPositions learned = new LearnedPositions(4, 2).batchFirst();
    learned.init(backend, DType.FLOAT64, Rng.seeded(1));
    assertThatThrownBy(() -> learned.forward(random(1, 5, 2)))
        .hasMessage(
            "LearnedPositions: there are 4 positions, input [1, 5, 2] has 5 steps; shorten it, or"
                + " make more positions (in LearnedPositions)");
    for (Layer layer : new Layer[] {learned, new SinusoidalPositions(2).batchFirst()}) {
      assertThatThrownBy(() -> layer.forward(random(5, 2)))
          .hasMessageContaining("input must be [N, T, 2], is [5, 2]");
    }
    assertThatThrownBy(() -> new RotaryPositions(4).forward(random(5, 6)))
        .hasMessage("RotaryPositions: input must be [..., T, 4], is [5, 6] (in RotaryPositions)");
    assertThatThrownBy(() -> new RotaryPositions(3)).hasMessageContaining("even");
    assertThatThrownBy(() -> new MultiHeadAttention(8, 2).rotary(new RotaryPositions(8)))
        .hasMessage(
            "MultiHeadAttention: rotary positions must have the width of a head, 4, have 8");
  }
}
