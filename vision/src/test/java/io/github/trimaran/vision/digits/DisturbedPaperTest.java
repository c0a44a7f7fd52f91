package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.vision.image.PictureException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever else the picture shows, the seven comes out as from plain paper. */
class DisturbedPaperTest {

  /** Of 255, on average over the pixels: a line that stays or a stroke that goes changes more. */
  private static final double ALIKE = 6;

  private static void nothing(Graphics2D graphics) {}

  private static final Map<String, Consumer<Graphics2D>> BELOW =
      Map.of(
          "ruled", graphics -> lines(graphics, new Color(0x8fb4dd), 1.5f, 0, 23),
          "squared",
              graphics -> {
                lines(graphics, new Color(0x9ab8d8), 1, 0, 14);
                lines(graphics, new Color(0x9ab8d8), 1, 14, 0);
              },
          "margin", graphics -> line(graphics, new Color(0xc04050), 2, 40, 0, 37, Sheets.HEIGHT),
          "dark lines", graphics -> lines(graphics, Color.DARK_GRAY, 1, 0, 31));

  private static final Map<String, Consumer<Graphics2D>> ABOVE =
      Map.of(
          "specks",
              graphics -> {
                graphics.setColor(Color.BLACK);
                for (int i = 0; i < 12; i++) {
                  graphics.fillOval(17 + 97 * i % 300, 11 + 53 * i % 220, 3, 3);
                }
              },
          "table on the left", graphics -> fill(graphics, new Color(0x5b3a24), 0, 0, 25, 240),
          "wide table on the right", graphics -> fill(graphics, Color.GRAY, 220, 0, 100, 240),
          "table all round",
              graphics -> {
                fill(graphics, new Color(0x5b3a24), 0, 0, 320, 20);
                fill(graphics, new Color(0x5b3a24), 0, 215, 320, 25);
                fill(graphics, new Color(0x5b3a24), 0, 0, 22, 240);
                fill(graphics, new Color(0x5b3a24), 290, 0, 30, 240);
              },
          "frame",
              graphics -> {
                graphics.setColor(Color.BLACK);
                graphics.setStroke(new BasicStroke(6));
                graphics.drawRect(0, 0, Sheets.WIDTH, Sheets.HEIGHT);
              });

  private static final Map<String, Sheets.Shade> SHADES =
      Map.of(
          "falls off to the corners", (x, y) -> 1 - 0.6 * square(x - 160, y - 120) / 40_000,
          "comes from the left", (x, y) -> 1 - 0.0022 * x,
          "half in the shade", (x, y) -> x + y < 260 ? 0.55 : 1,
          "is dim", (x, y) -> 0.3);

  private static double square(int x, int y) {
    return (double) x * x + (double) y * y;
  }

  private static void lines(Graphics2D graphics, Color colour, float width, int right, int down) {
    for (int i = 1; i < 40; i++) {
      line(
          graphics,
          colour,
          width,
          right * i,
          down * i - (down > 0 ? 6 : 0),
          right > 0 ? right * i : Sheets.WIDTH,
          right > 0 ? Sheets.HEIGHT : down * i);
    }
  }

  private static void line(
      Graphics2D graphics, Color colour, float width, int fromX, int fromY, int toX, int toY) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(width));
    graphics.drawLine(fromX, fromY, toX, toY);
  }

  private static void fill(Graphics2D graphics, Color colour, int x, int y, int width, int height) {
    graphics.setColor(colour);
    graphics.fillRect(x, y, width, height);
  }

  static Stream<Arguments> pictures() {
    return Stream.of(
            BELOW.entrySet().stream()
                .map(
                    e ->
                        Arguments.of(
                            e.getKey(), Sheets.seven(e.getValue(), DisturbedPaperTest::nothing))),
            ABOVE.entrySet().stream()
                .map(
                    e ->
                        Arguments.of(
                            e.getKey(), Sheets.seven(DisturbedPaperTest::nothing, e.getValue()))),
            SHADES.entrySet().stream()
                .map(
                    e ->
                        Arguments.of(
                            "light " + e.getKey(),
                            Sheets.shaded(
                                Sheets.seven(
                                    DisturbedPaperTest::nothing, DisturbedPaperTest::nothing),
                                e.getValue()))))
        .flatMap(s -> s);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void theDigitIsThatOfPlainPaper(String name, BufferedImage picture) throws PictureException {
    float[] plain =
        DigitPreparation.prepare(
                Sheets.seven(DisturbedPaperTest::nothing, DisturbedPaperTest::nothing))
            .floats();
    assertAlike(picture, plain, name);
  }

  private static void assertAlike(BufferedImage picture, float[] plain, String name)
      throws PictureException {
    float[] disturbed = DigitPreparation.prepare(picture).floats();
    double apart = 0;
    for (int i = 0; i < plain.length; i++) {
      apart += Math.abs(plain[i] - disturbed[i]) / plain.length;
    }
    assertThat(apart).as(name).isLessThan(ALIKE);
  }

  /** The paper in the loop of a zero, and beside a seven, is not the digit. */
  @Test
  void chalkIsAsInk() throws PictureException {
    for (int width : new int[] {24, 40, 76}) {
      BufferedImage zero =
          Sheets.sheet(
              graphics -> {
                graphics.setColor(Color.BLACK);
                graphics.setStroke(new BasicStroke(11));
                graphics.drawOval(120, 60, width, 110);
              });
      float[] plain = DigitPreparation.prepare(zero).floats();
      assertThat(ink(plain)).as("%d", width).isGreaterThan(40 * 255);
      assertAlike(Sheets.negative(zero), plain, "a zero " + width + " wide");
    }
    BufferedImage seven = Sheets.seven(DisturbedPaperTest::nothing, DisturbedPaperTest::nothing);
    float[] plain = DigitPreparation.prepare(seven).floats();
    assertAlike(Sheets.negative(seven), plain, "a seven");
  }

  /** Between the strokes and a dark table lies paper in strips, lighter than both. */
  @Test
  void aSmallSheetOnATableIsNotTheDigit() throws PictureException {
    float[] plain =
        DigitPreparation.prepare(
                Sheets.seven(DisturbedPaperTest::nothing, DisturbedPaperTest::nothing))
            .floats();
    for (int margin : new int[] {30, 40, 50}) {
      BufferedImage picture =
          Sheets.seven(
              DisturbedPaperTest::nothing,
              graphics -> {
                fill(graphics, new Color(0x303440), 0, 0, 120 - margin, 240);
                fill(graphics, new Color(0x303440), 195 + margin, 0, 320, 240);
                fill(graphics, new Color(0x303440), 0, 0, 320, 66 - margin);
                fill(graphics, new Color(0x303440), 0, 175 + margin, 320, 240);
              });
      assertAlike(picture, plain, "a margin of " + margin);
    }
  }

  /** A stroke that lies apart, and a digit that the picture's border cuts close. */
  @Test
  void allStrokesBelongToTheDigit() throws PictureException {
    BufferedImage whole = Sheets.sheet(graphics -> strokes(graphics, 0));
    BufferedImage apart = Sheets.sheet(graphics -> strokes(graphics, 7));
    float[] one = DigitPreparation.prepare(whole).floats();
    float[] two = DigitPreparation.prepare(apart).floats();
    assertThat(ink(two)).isBetween(0.85 * ink(one), 1.05 * ink(one));
    BufferedImage tight = whole.getSubimage(95, 55, 110, 130);
    assertThat(ink(DigitPreparation.prepare(tight).floats()))
        .isBetween(0.9 * ink(one), 1.1 * ink(one));
  }

  /** A five: its upper stroke, and the rest of it this many pixels away. */
  private static void strokes(Graphics2D graphics, int gap) {
    line(graphics, Color.BLACK, 10, 115 + gap, 65, 185, 65);
    line(graphics, Color.BLACK, 10, 105, 65, 105, 115);
    graphics.drawArc(70, 110, 100, 60, 100, -200);
    if (gap == 0) {
      line(graphics, Color.BLACK, 10, 105, 65, 120, 65);
    }
  }

  private static double ink(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void refusesPaperWithoutADigit() {
    BELOW.forEach(
        (name, drawing) ->
            assertThatThrownBy(() -> DigitPreparation.prepare(Sheets.sheet(drawing)))
                .as(name)
                .isInstanceOf(PictureException.class));
    ABOVE.forEach(
        (name, drawing) ->
            assertThatThrownBy(() -> DigitPreparation.prepare(Sheets.sheet(drawing)))
                .as(name)
                .isInstanceOf(PictureException.class));
    SHADES.forEach(
        (name, shade) ->
            assertThatThrownBy(
                    () ->
                        DigitPreparation.prepare(
                            Sheets.shaded(Sheets.sheet(DisturbedPaperTest::nothing), shade)))
                .as(name)
                .isInstanceOf(PictureException.class));
  }

  @Test
  void refusesTwoDigitsWithAHint() {
    BufferedImage two =
        Sheets.seven(
            DisturbedPaperTest::nothing,
            graphics -> {
              graphics.translate(100, 10);
              graphics.draw(new Line2D.Double(150, 70, 150, 170));
            });
    assertThatThrownBy(() -> DigitPreparation.prepare(two))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("several things")
        .hasMessageContaining("crop the picture");
  }
}
