package io.github.trimaran.vision.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import org.junit.jupiter.api.Test;

class ColoursTest {

  private static HostArray pixels(float... values) {
    return HostArray.of(values, Shape.of(1, 3, 1, values.length / 3));
  }

  @Test
  void greyHasTheBrightnessOfRec601() {
    assertThat(Colours.grey(pixels(255, 0, 0, 100, 0, 10)).floats())
        .containsExactly(
            new float[] {76.245f, 59.84f, 76.245f, 59.84f, 76.245f, 59.84f}, within(1e-3f));
  }

  @Test
  void matchingGivesMeanAndDeviation() {
    HostArray matched =
        Colours.matchBrightness(pixels(0, 2, 0, 2, 0, 2), pixels(90, 110, 90, 110, 90, 110));
    assertThat(matched.floats()).containsExactly(90, 110, 90, 110, 90, 110);
  }

  @Test
  void recolouringChangesTheBrightnessAlone() {
    HostArray content = pixels(100, 120, 80, 60, 50, 70);
    assertThat(Colours.recolour(content, content).floats()).containsExactly(content.floats());
    HostArray brighter = Colours.recolour(pixels(130, 130, 130, 130, 130, 130), content);
    double red = brighter.get(0);
    double green = brighter.get(2);
    assertThat(red - green).isCloseTo(20, within(1e-4));
    assertThat(Colours.grey(brighter).get(0)).isCloseTo(130, within(1e-3));
  }
}
