package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.random.Rng;
import org.junit.jupiter.api.Test;

class InkTest {

  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;

  /** A value for each place. */
  @FunctionalInterface
  private interface Level {
    double at(int x, int y);
  }

  private static Plane plane(Level level) {
    Plane plane = Plane.of(WIDTH, HEIGHT);
    for (int i = 0; i < plane.values().length; i++) {
      plane.values()[i] = (float) level.at(i % WIDTH, i / WIDTH);
    }
    return plane;
  }

  @Test
  void theMaximumIsThatOfTheSquare() {
    Rng rng = Rng.seeded(1);
    Plane noise = plane((x, y) -> rng.nextDouble());
    for (int radius : new int[] {0, 1, 4, 50}) {
      Plane maximum = Filters.maximum(noise, radius);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          float expected = 0;
          for (int j = Math.max(0, y - radius); j <= Math.min(HEIGHT - 1, y + radius); j++) {
            for (int i = Math.max(0, x - radius); i <= Math.min(WIDTH - 1, x + radius); i++) {
              expected = Math.max(expected, noise.at(i, j));
            }
          }
          assertThat(maximum.at(x, y)).as("%d, %d, %d", radius, x, y).isEqualTo(expected);
        }
      }
    }
  }

  /** What is narrower than the window of 9 pixels is filled, what is wider stays to its edge. */
  @Test
  void theBackgroundHasNoStrokes() {
    Plane levels = plane((x, y) -> x >= 40 || (x >= 20 && x < 25) ? 50 : 200);
    Plane background = Background.withoutDark(levels, 4);
    for (int x = 0; x < WIDTH; x++) {
      assertThat(background.at(x, 20)).as("%d", x).isEqualTo(x < 40 ? 200 : 50);
    }
  }

  /** (50 + 16) / (200 + 16) is as much less than 1 as (17 + 16) / (92 + 16): half the light. */
  @Test
  void strengthDoesNotDependOnTheLight() {
    Plane strength =
        Ink.dark(plane((x, y) -> light(x) * ((x % 30 >= 12 && x % 30 < 16 ? 50 : 200) + 16) - 16))
            .strength();
    assertThat(strength.at(14, 20)).isCloseTo(150f / 216, within(0.01f));
    assertThat(strength.at(44, 20)).isCloseTo(150f / 216, within(0.01f));
    assertThat(strength.at(29, 20)).isCloseTo(0, within(0.01f));
    assertThat(strength.at(30, 20)).isCloseTo(0, within(0.01f));
  }

  private static double light(int x) {
    return x < 30 ? 1 : 0.5;
  }

  @Test
  void lightInkIsAsStrongAsDark() {
    Plane strength = Ink.light(plane((x, y) -> x >= 12 && x < 16 ? 200 : 50)).strength();
    assertThat(strength.at(14, 20)).isCloseTo(150f / 216, within(0.01f));
    assertThat(strength.at(30, 20)).isZero();
  }

  /** Smoothing leaves 0.375 of independent grain; paper and ink there differ by the light. */
  @Test
  void grainIsMeasured() {
    Rng rng = Rng.seeded(2);
    Ink ink = Ink.dark(plane((x, y) -> 184 + 4 * rng.nextGaussian()));
    assertThat(ink.grain()).isCloseTo(0.375 * 4 / 200, within(0.002));
  }
}
