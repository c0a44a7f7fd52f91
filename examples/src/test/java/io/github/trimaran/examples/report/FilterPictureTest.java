package io.github.trimaran.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterPictureTest {

  private static Map<Integer, Integer> countByColour(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(image.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
      }
    }
    return counts;
  }

  @Test
  void everyWeightIsDrawnOnOneScaleOnceInGreyAndOnceInColour() {
    // One feature of three channels, 1 x 2: red (1, -0.5), green (0.5, 0), blue (-1, 0.25).
    HostArray weight =
        HostArray.of(new float[] {1, -0.5f, 0.5f, 0, -1, 0.25f}, Shape.of(1, 3, 1, 2));

    Map<Integer, Integer> counts = countByColour(FilterPicture.draw("conv1", weight));

    // A weight is a square of 42 / 2 pixels; level = round(127.5 + 127.5 w).
    int square = 21 * 21;
    // Smoothed letters are grey too, so greys are counted from below and colours exactly.
    assertThat(counts.get(0x404040)).as("-0.5 in grey").isGreaterThanOrEqualTo(square);
    assertThat(counts.get(0xBFBFBF)).as("0.5 in grey").isGreaterThanOrEqualTo(square);
    assertThat(counts.get(0x808080)).as("0 in grey").isGreaterThanOrEqualTo(square);
    assertThat(counts.get(0x9F9F9F)).as("0.25 in grey").isGreaterThanOrEqualTo(square);
    assertThat(counts.get(0xFFBF00)).as("(1, 0.5, -1) as a colour").isEqualTo(square);
    assertThat(counts.get(0x40809F)).as("(-0.5, 0, 0.25) as a colour").isEqualTo(square);
  }

  @Test
  void layersThatDoNotSeeThreeChannelsHaveNoColours() {
    HostArray weight =
        HostArray.zeros(Shape.of(5, 7, 3, 3), io.github.trimaran.array.DType.FLOAT64);
    for (int i = 0; i < weight.shape().size(); i++) {
      weight.set(i, Math.sin(i));
    }
    assertThat(countByColour(FilterPicture.draw("conv2", weight)).keySet())
        .allMatch(rgb -> (rgb >> 16 & 255) == (rgb >> 8 & 255) && (rgb >> 8 & 255) == (rgb & 255));
  }

  @Test
  void wideLayersAreDrawnToTheLastFilterInSmallerTiles() {
    HostArray weight = HostArray.of(new float[150 * 130 * 9], Shape.of(150, 130, 3, 3));
    weight.set(weight.shape().size() - 1, -1);

    BufferedImage image = FilterPicture.draw("conv3", weight);

    // 3000 / 150 - 3 = 17 pixels a tile, 5 a weight; no letter is as black as the lowest weight.
    assertThat(countByColour(image).get(0)).isEqualTo(5 * 5);
    assertThat(image.getWidth()).isBetween(150 * 18, 150 * 18 + 100);
  }

  @Test
  void whatIsNoConvolutionIsRefused() {
    HostArray matrix = HostArray.of(new float[6], Shape.of(2, 3));
    assertThatThrownBy(() -> FilterPicture.draw("fc1", matrix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fc1 must be the weight [F, C, KH, KW] of a convolution")
        .hasMessageContaining("[2, 3]");
  }
}
