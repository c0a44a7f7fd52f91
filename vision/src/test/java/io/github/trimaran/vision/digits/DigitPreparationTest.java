package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.vision.image.PictureException;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class DigitPreparationTest {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  /** A one: a bar of 32 x 160 pixels off the middle, in the given ink on the given paper. */
  private static BufferedImage bar(int ink, IntBinaryOperator paper) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean inked = x >= 80 && x < 112 && y >= 60 && y < 220;
        int level = paper.applyAsInt(x, y) + (inked ? ink : 0);
        picture.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    return picture;
  }

  /** The bar is 4 x 20 in the middle of 28 x 28; its edges are met to a sixth of a pixel. */
  private static void assertBar(BufferedImage picture) throws PictureException {
    float[] values = DigitPreparation.prepare(picture).floats();
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        boolean inked = x >= 12 && x < 16 && y >= 4 && y < 24;
        boolean edge = x == 12 || x == 15 || y == 4 || y == 23;
        assertThat(values[y * 28 + x])
            .as("%d, %d", x, y)
            .isCloseTo(inked ? 255 : 0, within(inked && !edge ? 1 : 255f / 6));
      }
    }
  }

  @Test
  void fillsTwentyPixelsAndCentresTheMass() throws PictureException {
    assertBar(bar(-255, (x, y) -> 255));
  }

  @Test
  void takesDarkOnLightAndLightOnDark() throws PictureException {
    assertBar(bar(200, (x, y) -> 20));
    assertBar(bar(-60, (x, y) -> 180));
  }

  /** The paper is not even to the last bit: it must be looked for. */
  @Test
  void takesPaperWithALittleGrain() throws PictureException {
    assertBar(bar(-250, (x, y) -> 255 - (x + y) % 2));
    assertBar(bar(200, (x, y) -> 20 + (x + y) % 2));
  }

  /** Ink of the same brightness as the paper's edge, or on less bare paper, is not seen as one. */
  @Test
  void evenPaperIsBareAllAroundAndHasInkOfOneKind() {
    assertThat(EvenPaper.ink(levels(0, 0))).isEmpty();
    assertThat(EvenPaper.ink(levels(12, 0)).orElseThrow().isDark()).isTrue();
    assertThat(EvenPaper.ink(levels(12, 255)).orElseThrow().isDark()).isFalse();
    // More than two fifths are ink; ink at the edge; ink of both kinds.
    assertThat(EvenPaper.ink(levels(50, 0))).isEmpty();
    Plane edge = levels(12, 0);
    edge.values()[9] = 0;
    assertThat(EvenPaper.ink(edge)).isEmpty();
    Plane both = levels(12, 0);
    both.values()[77] = 255;
    assertThat(EvenPaper.ink(both)).isEmpty();
  }

  /** Paper of 100 and 10 x 10 pixels, with so many pixels of ink within. */
  private static Plane levels(int ink, float level) {
    Plane plane = Plane.of(10, 10);
    Arrays.fill(plane.values(), 100);
    for (int i = 0; i < ink; i++) {
      plane.values()[(1 + i / 8) * 10 + 1 + i % 8] = level;
    }
    return plane;
  }

  @Test
  void takesPaperInLightFromOneSide() throws PictureException {
    // From 110 to 229: the paper in the shade is as dark as ink in the light would be.
    assertBar(bar(-100, (x, y) -> 110 + x / 4));
    assertBar(bar(-100, (x, y) -> 250 - x / 8 - y / 4));
  }

  @Test
  void refusesBlankPaper() {
    assertThatThrownBy(() -> DigitPreparation.prepare(bar(0, (x, y) -> 200)))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("blank");
    assertThatThrownBy(() -> DigitPreparation.prepare(bar(0, (x, y) -> 100 + x / 4)))
        .isInstanceOf(PictureException.class);
  }
}
