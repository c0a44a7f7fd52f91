package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What an embedding must do on every backend. */
final class EmbeddingCases {

  private static final double[] WEIGHT = {0, 1, 2, 3, 0, 0, 6, 7};

  private final Backend<?> backend;

  EmbeddingCases(Backend<?> backend) {
    this.backend = backend;
  }

  Stream<DynamicTest> tests() {
    return Stream.of(
        DynamicTest.dynamicTest("embedding by hand, float32", () -> byHand(DType.FLOAT32)),
        DynamicTest.dynamicTest("embedding by hand, float64", () -> byHand(DType.FLOAT64)),
        DynamicTest.dynamicTest("embedding, gradients", this::gradients),
        DynamicTest.dynamicTest("embedding, tokens out of range", this::outOfRange));
  }

  private Embedding initialised(DType dtype) {
    Embedding embedding =
        new Embedding(4, 2).paddingIndex(2).weightInit((shape, rng) -> WEIGHT.clone());
    embedding.init(backend, dtype, Rng.seeded(1));
    return embedding;
  }

  private Tensor tokens() {
    return Tensor.of(backend, new long[] {3, 0, 1, 3, 2, 0}, 3, 2);
  }

  private void byHand(DType dtype) {
    try (Embedding embedding = initialised(dtype);
        Scope scope = Scope.open()) {
      assertThat(embedding.forward(tokens()).toDoubles())
          .containsExactly(6, 7, 0, 1, 2, 3, 6, 7, 0, 0, 0, 1);
    }
  }

  /** Squares, for an embedding alone has no second derivative. */
  private void gradients() {
    try (Embedding embedding = initialised(DType.FLOAT64);
        Scope scope = Scope.open()) {
      // The padding row's gradient is 0 by definition, not by differences: it must not take part.
      Tensor mine = Tensor.of(backend, new long[] {3, 0, 1, 3, 1, 0}, 3, 2);
      ModelGradients.check(
          embedding,
          inputs -> {
            Tensor y = embedding.forward(mine);
            return List.of(y.mul(y));
          });
    }
  }

  private void outOfRange() {
    try (Embedding embedding = initialised(DType.FLOAT32);
        Scope scope = Scope.open()) {
      for (long wrong : new long[] {4, -1}) {
        Tensor tokens = Tensor.of(backend, new long[] {0, wrong}, 2);
        assertThatThrownBy(() -> embedding.forward(tokens))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("token " + wrong + " at [1] is not from 0 to 3");
      }
    }
  }
}
