package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ConvNetTest {

  private static ConvNet.Settings settings(int depth, boolean batchNorm) {
    return new ConvNet.Settings(Shape.of(3, 8, 8), depth, 4, 3, 10, 5, batchNorm, 0.25);
  }

  @Test
  void doublesTheFiltersAndHalvesTheImageWithEveryBlock() {
    // Blocks 3 -> 4 -> 4 and 4 -> 8 -> 8 of 3 x 3 with biases; 8 channels of 2 x 2 remain.
    long convolutions = 9 * (3 * 4 + 4 * 4 + 4 * 8 + 8 * 8) + 4 + 4 + 8 + 8;
    long affine = 32 * 10 + 10 + 10 * 5 + 5;
    assertThat(new ConvNet(settings(2, false)).numParameters()).isEqualTo(convolutions + affine);
    // Batch norm has a weight and a bias a channel, and takes the convolution's bias away.
    assertThat(new ConvNet(settings(2, true)).numParameters())
        .isEqualTo(convolutions + 24 + affine);
  }

  @Test
  void countsItsMultiplications() {
    // 8 x 8 positions of 3 x 3: 3 -> 4 and 4 -> 4; then 4 x 4 positions: 4 -> 8 and 8 -> 8.
    long convolutions = 64 * 9 * (12 + 16) + 16 * 9 * (32 + 64);
    assertThat(settings(2, true).multiplyAdds()).isEqualTo(convolutions + 32 * 10 + 10 * 5);
    assertThat(settings(2, true).convolutionOutputs()).isEqualTo(2 * 64 * 4 + 2 * 16 * 8);
  }

  @Test
  void givesOneScoreAClass() {
    NaiveBackend backend = new NaiveBackend();
    try (ConvNet net = new ConvNet(settings(3, true));
        Scope scope = Scope.open()) {
      net.init(backend, DType.FLOAT32, Rng.seeded(1));
      Tensor images = Tensor.ones(backend, Shape.of(2, 3, 8, 8), DType.FLOAT32);
      assertThat(net.forward(images).shape()).isEqualTo(Shape.of(2, 5));
      assertThat(net.forward(images, Mode.train(Rng.seeded(2))).shape()).isEqualTo(Shape.of(2, 5));
    }
  }

  @Test
  void tooManyBlocksForTheImageAreRefused() {
    assertThatThrownBy(() -> settings(4, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depth 4 pools the image [3, 8, 8] away");
  }
}
