package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor tokens(int[] extents, long... values) {
    return Tensor.of(backend, values, extents);
  }

  private Embedding initialised(Embedding embedding) {
    embedding.init(backend, DType.FLOAT64, Rng.seeded(3));
    return embedding;
  }

  @Test
  void rowsOfAnyShapeOfTokens() {
    Embedding embedding =
        new Embedding(4, 2).weightInit((s, r) -> new double[] {0, 1, 2, 3, 4, 5, 6, 7});
    initialised(embedding);
    assertThat(embedding.forward(tokens(new int[] {2, 1, 2}, 3, 0, 1, 3)).toDoubles())
        .containsExactly(6, 7, 0, 1, 2, 3, 6, 7);
    assertThat(embedding.forward(tokens(new int[] {2, 1, 2}, 3, 0, 1, 3)).shape())
        .isEqualTo(Shape.of(2, 1, 2, 2));
    assertThat(embedding.forward(tokens(new int[] {}, 2)).toDoubles()).containsExactly(4, 5);
    assertThat(embedding.forward(tokens(new int[] {0})).shape()).isEqualTo(Shape.of(0, 2));
  }

  @Test
  void gradientsOfATokenAddUp() {
    Embedding embedding = initialised(new Embedding(3, 2));
    Tensor weight = embedding.weight().tensor();
    Tensor y = embedding.forward(tokens(new int[] {3}, 2, 0, 2));
    Tensor weighted = y.mul(Tensor.of(backend, new double[] {1, 2, 3, 4, 5, 6}, 3, 2));
    assertThat(Gradients.of(weighted.sum(), weight).get(weight).toDoubles())
        .containsExactly(3, 4, 0, 0, 6, 8);
  }

  @Test
  void thePaddingRowIsZeroAndNotTrained() {
    Embedding embedding = initialised(new Embedding(3, 2).paddingIndex(1));
    Tensor weight = embedding.weight().tensor();
    assertThat(Arrays.copyOfRange(weight.toDoubles(), 2, 4)).containsExactly(0, 0);
    Tensor y = embedding.forward(tokens(new int[] {3}, 1, 0, 1));
    assertThat(y.select(0, 0).toDoubles()).containsExactly(0, 0);
    assertThat(Gradients.of(y.sum(), weight).get(weight).toDoubles())
        .containsExactly(1, 1, 0, 0, 0, 0);
    assertThat(embedding).hasToString("Embedding(3, 2, padding index 1)");
  }

  /** Ten thousand values know mean 0 and variance 1 to five standard deviations: 0.05 and 0.07. */
  @Test
  void firstValuesAreNormal() {
    double[] values = initialised(new Embedding(100, 100)).weight().tensor().toDoubles();
    assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.05));
    assertThat(Arrays.stream(values).map(v -> v * v).average().orElseThrow())
        .isCloseTo(1, within(0.07));
  }

  @Test
  void badInputIsRefusedInOneLine() {
    Embedding embedding = initialised(new Embedding(5, 2));
    assertThatThrownBy(() -> embedding.forward(tokens(new int[] {2}, 4, 5)))
        .hasMessage(
            "Embedding: token 5 at [1] is not from 0 to 4; make the vocabulary larger, or map unknown"
                + " tokens to one of it (in Embedding)");
    assertThatThrownBy(() -> embedding.forward(tokens(new int[] {2}, -1, 0)))
        .hasMessageContaining("token -1 at [0] is not from 0 to 4");
    assertThatThrownBy(() -> embedding.forward(Tensor.of(backend, new double[] {1}, 1)))
        .hasMessage("Embedding: tokens must be INT64, are float64 [1]; cast them (in Embedding)");
    assertThatThrownBy(() -> new Embedding(0, 2)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new Embedding(5, 2).paddingIndex(5))
        .hasMessage("Embedding: padding index must be from 0 to 4, is 5");
  }

  @Test
  void pyTorchLoadsOurs(@TempDir Path folder) throws IOException, InterruptedException {
    PyTorch.assumeInstalled();
    Embedding embedding = initialised(new Embedding(5, 2).paddingIndex(3));
    Tensor x = tokens(new int[] {2, 2}, 4, 3, 0, 1);
    new PyTorch()
        .add(
            "nn.Embedding(5, 2, padding_idx=3)",
            embedding,
            "m(x)",
            Map.of("x", x),
            List.of(embedding.forward(x)))
        .check(folder, 0);
  }
}
