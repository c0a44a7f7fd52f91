package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import org.junit.jupiter.api.Test;

class NormalizationTest {

  private static final Shape IMAGE = Shape.of(2, 1, 2);

  /** Two images of two channels of 1x2: channel means 3 and 20. */
  private static final Dataset IMAGES =
      Dataset.ofFloats(
          Drawn.SOURCE, Drawn.CLASSES, IMAGE, new float[] {1, 3, 20, 20, 3, 5, 20, 20}, new int[2]);

  @Test
  void scalesToUnit() {
    assertThat(applied(Normalization.unit(), 0, 51, 255, 102)).containsExactly(0, 0.2f, 1, 0.4f);
    assertThat(applied(Normalization.none(), 0, 51, 255, 102)).containsExactly(0, 51, 255, 102);
  }

  @Test
  void subtractsTheMeanImage() {
    Normalization mean = Normalization.meanImage(IMAGES);
    assertThat(mean.mean().floats()).containsExactly(2, 4, 20, 20);
    assertThat(applied(mean, 1, 3, 20, 21)).containsExactly(-1, -1, 0, 1);
    assertThat(applied(mean.dividedBy(2), 1, 3, 20, 21)).containsExactly(-0.5f, -0.5f, 0, 0.5f);
  }

  @Test
  void standardisesEachChannel() {
    Normalization standard = Normalization.perChannel(IMAGES);
    assertThat(standard.mean().floats()).containsExactly(3, 20);
    // Channel 0 has 1, 3, 3, 5: variance 2. Channel 1 never varies.
    assertThat(standard.std().floats()[0]).isCloseTo((float) Math.sqrt(2), within(1e-6f));
    assertThat(standard.std().floats()[1]).isEqualTo(1);
    assertThat(applied(standard, 3, 3, 20, 22)).containsExactly(0, 0, 0, 2);
  }

  @Test
  void leavesValuesBeforeAndAfterTheImageAlone() {
    float[] values = {7, 255, 255, 255, 255, 7};
    Normalization.unit().apply(values, 1, IMAGE);
    assertThat(values).containsExactly(7, 1, 1, 1, 1, 7);
  }

  @Test
  void refusesConstantsThatDoNotFit() {
    HostArray three = HostArray.of(new float[] {1, 1, 1}, Shape.of(3, 1, 1));
    assertThatThrownBy(() -> applied(Normalization.of(three, three), 1, 2, 3, 4))
        .hasMessage("normalization: constants of shape [3, 1, 1] do not fit images [2, 1, 2]");
    HostArray zero = HostArray.of(new float[1], Shape.of(1, 1, 1));
    assertThatThrownBy(() -> Normalization.of(zero, zero))
        .hasMessage("normalization: deviations must be over 0, one is 0.0");
    assertThatThrownBy(() -> Normalization.meanImage(IMAGES.take(0)))
        .hasMessage("normalization: there are no images to measure");
  }

  private static float[] applied(Normalization normalization, float... values) {
    normalization.apply(values, 0, IMAGE);
    return values;
  }
}
