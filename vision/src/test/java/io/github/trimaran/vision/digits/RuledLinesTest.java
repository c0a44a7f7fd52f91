package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuledLinesTest {

  private static final int WIDTH = 200;
  private static final int HEIGHT = 150;

  private final Plane strength = Plane.of(WIDTH, HEIGHT);

  private void fill(int left, int top, int width, int height, float value) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int i = y * WIDTH + x;
        strength.values()[i] = Math.max(strength.values()[i], value);
      }
    }
  }

  private Plane removed() {
    return RuledLines.removed(strength, 0.1);
  }

  private static double sum(Plane plane, int left, int top, int width, int height) {
    double sum = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        sum += plane.at(x, y);
      }
    }
    return sum;
  }

  /** A stroke of 8 x 90 pixels crosses ruled lines and stays whole. */
  @Test
  void linesGoAndStrokesStay() {
    for (int y = 12; y < HEIGHT; y += 20) {
      fill(0, y, WIDTH, 2, 0.3f);
    }
    fill(100, 30, 8, 90, 0.8f);
    Plane removed = removed();
    assertThat(sum(removed, 0, 0, 95, HEIGHT)).isZero();
    assertThat(sum(removed, 113, 0, WIDTH - 113, HEIGHT)).isZero();
    assertThat(sum(removed, 100, 30, 8, 90)).isEqualTo(sum(strength, 100, 30, 8, 90));
  }

  @Test
  void aLineThatSlopesIsOne() {
    for (int x = 0; x < WIDTH; x++) {
      fill(x, 40 + x / 9, 1, 2, 0.4f);
    }
    assertThat(sum(removed(), 0, 0, WIDTH, HEIGHT)).isZero();
  }

  @Test
  void squaresGo() {
    for (int i = 7; i < WIDTH; i += 16) {
      fill(i, 0, 1, HEIGHT, 0.3f);
    }
    for (int i = 3; i < HEIGHT; i += 16) {
      fill(0, i, WIDTH, 1, 0.3f);
    }
    assertThat(sum(removed(), 0, 0, WIDTH, HEIGHT))
        .isLessThan(0.01 * sum(strength, 0, 0, WIDTH, HEIGHT));
  }

  /** One line alone that does not reach the borders may be a one. */
  @Test
  void aOneIsNoLine() {
    fill(100, 20, 3, 110, 0.7f);
    assertThat(removed().values()).containsExactly(strength.values());
  }

  @Test
  void aThickStrokeIsNoLine() {
    fill(100, 0, 14, HEIGHT, 0.7f);
    assertThat(removed().values()).containsExactly(strength.values());
  }
}
