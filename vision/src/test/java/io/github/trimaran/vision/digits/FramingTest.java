package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FramingTest {

  private static final int SIDE = 100;

  private final Plane strength = Plane.of(SIDE, SIDE);

  private void fill(int left, int top, int width, int height, float value) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        strength.values()[y * SIDE + x] = value;
      }
    }
  }

  private float[] framed() {
    return Framing.of(new Strokes(strength, 0.8, Component.of(strength, 0.2)));
  }

  private static double sum(float[] values, int left, int top, int right, int bottom) {
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += values[y * Framing.SIDE + x];
      }
    }
    return sum / 255;
  }

  /** An L of 60 pixels, 9 wide: 20 pixels, 3 wide, its centre of mass in the middle. */
  @Test
  void theBoxHasTwentyPixelsAndTheMassIsInTheMiddle() {
    fill(20, 30, 9, 60, 0.8f);
    fill(29, 81, 30, 9, 0.8f);
    float[] digit = framed();
    // Areas 60 and 30 of centres (1.5, 10) and (8, 18.5): their mean is (3.67, 12.83).
    int left = 10;
    int top = 1;
    assertThat(sum(digit, left, top, left + 3, top + 20)).isCloseTo(60, within(0.1));
    assertThat(sum(digit, left + 3, top + 17, left + 13, top + 20)).isCloseTo(30, within(0.1));
    assertThat(sum(digit, 0, 0, 28, 28)).isCloseTo(90, within(0.1));
  }

  /** A line of 2 pixels in 80 would be half a pixel wide. */
  @Test
  void thinStrokesBecomeWider() {
    fill(50, 10, 2, 80, 0.8f);
    float[] digit = framed();
    assertThat(sum(digit, 0, 0, 28, 28)).isBetween(1.7 * 20, 2.6 * 20);
  }

  /** Ink at half the digit's strength stays grey; a third of it is paper. */
  @Test
  void faintInkIsPaper() {
    fill(40, 10, 12, 80, 0.8f);
    List<Component> line = Component.of(strength, 0.2);
    fill(52, 10, 1, 80, 0.27f);
    float[] with = Framing.of(new Strokes(strength, 0.8, line));
    fill(52, 10, 1, 80, 0);
    assertThat(with).containsExactly(Framing.of(new Strokes(strength, 0.8, line)), within(1e-4f));
  }
}
