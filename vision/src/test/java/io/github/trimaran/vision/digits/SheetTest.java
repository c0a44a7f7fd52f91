package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sheets on a table, in planes of 100 x 80. */
class SheetTest {

  private static final int WIDTH = 100;
  private static final int HEIGHT = 80;
  private static final float TABLE = 60;
  private static final float PAPER = 200;
  private static final float INK = 20;

  /** Whether a place is of something. */
  @FunctionalInterface
  private interface Region {
    boolean has(double x, double y);
  }

  private static Plane picture(Region paper, Region ink) {
    Plane plane = Plane.of(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        plane.values()[y * WIDTH + x] = ink.has(x, y) ? INK : paper.has(x, y) ? PAPER : TABLE;
      }
    }
    return plane;
  }

  private static boolean none(double x, double y) {
    return false;
  }

  private static int inked(Plane plane) {
    int inked = 0;
    for (float value : plane.values()) {
      inked += value == INK ? 1 : 0;
    }
    return inked;
  }

  @Test
  void theTableIsCutOff() {
    Plane picture =
        picture(
            (x, y) -> x >= 10 && x < 90 && y >= 8 && y < 70,
            (x, y) -> x >= 40 && x < 44 && y >= 20 && y < 60);
    Plane sheet = Sheet.cropped(picture);
    // A margin of three pixels on each side, and one that smoothing may add or take.
    assertThat(sheet.width()).isBetween(72, 76);
    assertThat(sheet.height()).isBetween(54, 58);
    assertThat(sheet.values()).containsOnly(PAPER, INK);
    assertThat(inked(sheet)).isEqualTo(4 * 40);
  }

  @Test
  void besideATurnedSheetItsPaperGoesOn() {
    double turn = Math.toRadians(8);
    Plane picture =
        picture(
            (x, y) -> {
              double u = (x - 50) * Math.cos(turn) + (y - 40) * Math.sin(turn);
              double v = (y - 40) * Math.cos(turn) - (x - 50) * Math.sin(turn);
              return Math.abs(u) < 38 && Math.abs(v) < 28;
            },
            SheetTest::none);
    Plane sheet = Sheet.cropped(picture);
    assertThat(sheet.width()).isLessThan(WIDTH);
    assertThat(sheet.values()).containsOnly(PAPER);
  }

  @Test
  void strokesThatMeetTheEdgeAreNoTable() {
    Plane picture =
        picture(
            (x, y) -> x >= 10 && x < 90 && y >= 8 && y < 70,
            (x, y) -> x >= 10 && x < 40 && y >= 30 && y < 36);
    Plane sheet = Sheet.cropped(picture);
    assertThat(sheet.values()).containsOnly(PAPER, INK);
    assertThat(inked(sheet)).isGreaterThan(24 * 6);
  }

  @Test
  void whatIsNoSheetStays() {
    Plane digit =
        picture(
            (x, y) -> {
              double radius = Math.hypot((x - 50) / 30, (y - 40) / 38);
              return radius < 1 && radius > 0.7;
            },
            SheetTest::none);
    assertThat(Sheet.cropped(digit)).isSameAs(digit);
    Plane toTheBorder = picture((x, y) -> x >= 10, (x, y) -> x >= 40 && x < 44);
    assertThat(Sheet.cropped(toTheBorder)).isSameAs(toTheBorder);
    Plane stroke = picture((x, y) -> x >= 40 && x < 60 && y >= 5 && y < 75, SheetTest::none);
    assertThat(Sheet.cropped(stroke)).isSameAs(stroke);
    Plane even = picture((x, y) -> true, SheetTest::none);
    assertThat(Sheet.cropped(even)).isSameAs(even);
  }
}
