package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagePreparationTest {

  /** Two pixels: red 255 and 10, green 117 and 20, blue 4 and 30. */
  private final HostArray pixels =
      HostArray.of(new float[] {255, 10, 117, 20, 4, 30}, Shape.of(1, 3, 1, 2));

  @Test
  void caffeWantsBlueGreenRedWithoutTheMean() {
    HostArray input = ImagePreparation.caffe().apply(pixels);
    assertThat(input.floats()).containsExactly(4 - 104, 30 - 104, 0, 20 - 117, 255 - 123, 10 - 123);
    assertThat(ImagePreparation.caffe().invert(input)).isEqualTo(pixels);
  }

  @Test
  void imageNetWantsRedGreenBlueNormalised() {
    HostArray input = ImagePreparation.imageNet().apply(pixels);
    assertThat(input.get(0)).isCloseTo((1 - 0.485) / 0.229, within(1e-6));
    assertThat(input.get(5)).isCloseTo((30 / 255.0 - 0.406) / 0.225, within(1e-6));
    float[] back = ImagePreparation.imageNet().invert(input).floats();
    assertThat(back).containsExactly(pixels.floats(), within(1e-4f));
  }

  @Test
  void travelsInTheMetadata() {
    for (ImagePreparation each :
        new ImagePreparation[] {ImagePreparation.caffe(), ImagePreparation.imageNet()}) {
      StateDict weights = StateDict.of(Map.of(), each.metadata());
      assertThat(ImagePreparation.of(weights)).isEqualTo(each);
    }
    Map<String, String> notes =
        Map.of(
            "channel_order", "BGR",
            "pixel_range", "0..255",
            "mean", "104,117,123 (B,G,R), subtracted; no division by a standard deviation");
    assertThat(ImagePreparation.of(StateDict.of(Map.of(), notes)))
        .isEqualTo(ImagePreparation.caffe());
    assertThat(ImagePreparation.of(StateDict.of(Map.of()))).isEqualTo(ImagePreparation.imageNet());
  }

  @Test
  void refusesWhatItCannotUnderstand() {
    Map<String, String> notes = Map.of("channel_order", "GRB");
    assertThatThrownBy(() -> ImagePreparation.of(StateDict.of(Map.of(), notes)))
        .hasMessage("image preparation: channel_order must be BGR or RGB, is 'GRB'");
    HostArray flat = HostArray.of(new float[3], Shape.of(3));
    assertThatThrownBy(() -> ImagePreparation.caffe().apply(flat))
        .hasMessageContaining("expected images [N, 3, H, W], is [3]");
  }
}
