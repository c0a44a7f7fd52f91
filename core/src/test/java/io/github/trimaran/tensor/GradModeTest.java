package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.naive.NaiveBackend;
import org.junit.jupiter.api.Test;

class GradModeTest {

  private final Tensor x = Tensor.scalar(new NaiveBackend(), 2, DType.FLOAT64).requiresGrad();

  @Test
  void recordsUnlessSwitchedOff() {
    assertThat(x.exp().gradFn()).isNotNull();
    try (GradMode off = GradMode.disable()) {
      assertThat(GradMode.isRecording()).isFalse();
      assertThat(x.exp().gradFn()).isNull();
      try (GradMode on = GradMode.enable()) {
        assertThat(x.exp().gradFn()).isNotNull();
      }
      assertThat(GradMode.isRecording()).isFalse();
    }
    assertThat(GradMode.isRecording()).isTrue();
  }

  @Test
  void isOfTheThread() throws InterruptedException {
    boolean[] recording = new boolean[1];
    try (GradMode off = GradMode.disable()) {
      Thread other = new Thread(() -> recording[0] = GradMode.isRecording());
      other.start();
      other.join();
    }
    assertThat(recording[0]).isTrue();
  }

  @Test
  void comesBackAfterAnException() {
    assertThatThrownBy(
            () -> {
              try (GradMode off = GradMode.disable()) {
                throw new IllegalStateException("in the middle");
              }
            })
        .hasMessage("in the middle");
    assertThat(GradMode.isRecording()).isTrue();
  }

  @Test
  void constantsAndIntegersAreNotRecorded() {
    assertThat(x.detach().exp().gradFn()).isNull();
    assertThat(x.to(DType.INT64).gradFn()).isNull();
    assertThat(x.sign().gradFn()).isNull();
    assertThat(x.greater(x).gradFn()).isNull();
    assertThatThrownBy(() -> x.to(DType.INT64).requiresGrad())
        .hasMessage("requiresGrad: needs float32 or float64, is int64 ([])");
  }

  @Test
  void recordedOperationsKnowTheirNameAndLayer() {
    Tensor y;
    try (LayerPath model = LayerPath.enter("Net");
        LayerPath layer = LayerPath.enter("fc")) {
      y = x.exp();
    }
    assertThat(y.gradFn().name()).isEqualTo("exp");
    assertThat(y.gradFn().layer()).isEqualTo("Net/fc");
    assertThat(y.gradFn().input(0)).isSameAs(x.gradFn());
    assertThat(LayerPath.current()).isEmpty();
  }

  @Test
  void layerPathsNestAndReturn() {
    try (LayerPath model = LayerPath.enter("Net")) {
      try (LayerPath elsewhere = LayerPath.at("Other/conv1")) {
        assertThat(LayerPath.current()).isEqualTo("Other/conv1");
        try (LayerPath inner = LayerPath.enter("bias")) {
          assertThat(LayerPath.current()).isEqualTo("Other/conv1/bias");
        }
      }
      assertThat(LayerPath.current()).isEqualTo("Net");
    }
    assertThat(LayerPath.current()).isEmpty();
  }
}
