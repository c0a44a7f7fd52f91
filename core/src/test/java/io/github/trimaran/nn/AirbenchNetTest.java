package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AirbenchNetTest {

  private static final Shape WHITENING = Shape.of(24, 3, 2, 2);

  @Test
  void hasThePapersParameters() {
    AirbenchNet net = new AirbenchNet(AirbenchNet.Settings.defaults(), WHITENING);
    // Biases of whitening and norms, 3 x 3 convolutions, head; the whitening weight is not trained.
    long expected =
        24
            + 9L * (24 * 64 + 64 * 64 + 64 * 256 + 256 * 256 + 256 * 256 + 256 * 256)
            + 2 * (64 + 256 + 256)
            + 256 * 10;
    assertThat(net.numParameters()).isEqualTo(expected);
  }

  @Test
  void givesOneScoreAClassAndStartsWithTheWhiteningGiven() {
    NaiveBackend backend = new NaiveBackend();
    HostArray whitening = HostArray.zeros(WHITENING, DType.FLOAT32);
    whitening.set(5, 2.5);
    AirbenchNet net = new AirbenchNet(AirbenchNet.Settings.defaults().scaled(1.0 / 32), whitening);
    net.init(backend, DType.FLOAT32, Rng.seeded(1));
    try (Scope scope = Scope.open()) {
      Tensor images = Tensor.ones(backend, Shape.of(2, 3, 32, 32), DType.FLOAT32);
      assertThat(net.forward(images).shape()).isEqualTo(Shape.of(2, 10));
    }
    assertThat(net.stateDict().get("whiten.weight")).isEqualTo(whitening);
    assertThat(net.parameters()).noneMatch(p -> p.name().equals("whiten.weight"));
    net.close();
    assertThat(backend.liveArrays()).isZero();
  }
}
