package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
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
  void theDeepFormHasAThirdConvolutionInEachGroup() {
    AirbenchNet net = new AirbenchNet(AirbenchNet.Settings.defaults().deepened(), WHITENING);
    long expected =
        24
            + 9L * (24 * 64 + 2 * 64 * 64 + 64 * 256 + 2 * 256 * 256 + 256 * 256 + 2 * 256 * 256)
            + 3 * (64 + 256 + 256)
            + 256 * 10;
    assertThat(net.numParameters()).isEqualTo(expected);
  }

  @Test
  void theDeepFormPassesImagesByItsLastConvolutions() {
    NaiveBackend backend = new NaiveBackend();
    AirbenchNet.Settings small = AirbenchNet.Settings.defaults().scaled(1.0 / 16).deepened();
    HostArray whitening = HostArray.zeros(WHITENING, DType.FLOAT32);
    Arrays.fill(whitening.floats(), 0.1f);
    AirbenchNet net = new AirbenchNet(small, whitening);
    net.init(backend, DType.FLOAT32, Rng.seeded(1));
    try (Scope scope = Scope.open()) {
      // The third convolutions give nothing: what is left of an image has come by the shortcuts.
      net.parameters().stream()
          .filter(parameter -> parameter.name().contains("conv3"))
          .forEach(parameter -> parameter.tensor().assign(parameter.tensor().mul(0)));
      Tensor dark = Tensor.zeros(backend, Shape.of(1, 3, 32, 32), DType.FLOAT32);
      Tensor bright = Tensor.ones(backend, Shape.of(1, 3, 32, 32), DType.FLOAT32);
      assertThat(net.forward(bright).toDoubles()).isNotEqualTo(net.forward(dark).toDoubles());
    }
    net.close();
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

  @Test
  void takesImagesOfOtherSizes() {
    NaiveBackend backend = new NaiveBackend();
    AirbenchNet.Settings small = AirbenchNet.Settings.defaults().scaled(1.0 / 32).deepened();
    AirbenchNet net = new AirbenchNet(small, WHITENING);
    net.init(backend, DType.FLOAT32, Rng.seeded(1));
    try (Scope scope = Scope.open()) {
      for (int side : new int[] {9, 24, 40}) {
        Tensor images = Tensor.ones(backend, Shape.of(2, 3, side, side), DType.FLOAT32);
        assertThat(net.forward(images).shape()).isEqualTo(Shape.of(2, 10));
      }
    }
    net.close();
  }
}
