package io.github.trimaran;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Outside the tensor package, whose own lines no message names. */
class UseAfterCloseTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor tensor() {
    return Tensor.of(backend, new double[] {1, 2, 3}, 3);
  }

  @Test
  void useAfterCloseSaysWhereItWasClosed() {
    Tensor a;
    try (Scope scope = Scope.open()) {
      a = tensor();
    }
    assertThatThrownBy(a::toHost)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("float64 [3] on naive was released by the scope closed at ")
        .hasMessageContaining("UseAfterCloseTest.java:");
    Tensor b;
    try (Scope scope = Scope.open("the training step")) {
      b = tensor();
    }
    assertThatThrownBy(b::exp).hasMessageContaining("released by the training step");
    Tensor c = tensor();
    c.close();
    c.close();
    assertThatThrownBy(() -> c.add(1))
        .hasMessageContaining("released by the close at ")
        .hasMessageContaining("UseAfterCloseTest.java:");
  }
}
