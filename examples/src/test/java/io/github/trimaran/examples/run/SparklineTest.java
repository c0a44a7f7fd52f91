package io.github.trimaran.examples.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Curves in a line of text. */
class SparklineTest {

  private static String of(int cells, double... values) {
    Sparkline line = new Sparkline(cells);
    for (double value : values) {
      line.add(value);
    }
    return line.toString();
  }

  @Test
  void theLeastIsLowAndTheLargestHigh() {
    assertThat(of(8, 0, 1, 2, 3, 4, 5, 6, 7)).isEqualTo("▁▂▃▄▅▆▇█");
    assertThat(of(8, 3, 1, 2)).isEqualTo("█▁▅");
    assertThat(of(8, 2, 2)).isEqualTo("▁▁");
    assertThat(of(8)).isEmpty();
    assertThat(of(8, 1, Double.NaN, 2)).isEqualTo("▁█");
  }

  /** Five values in four cells: means of two, 1 and 5, and the fifth waits for its neighbour. */
  @Test
  void manyValuesShareCells() {
    assertThat(of(4, 0, 2, 4, 6, 9)).isEqualTo("▁█");
    assertThat(of(4, 0, 2, 4, 6, 9, 9)).isEqualTo("▁▅█");
    assertThat(of(4, 0, 2, 4, 6, 9, 9, 9, 9, 9, 9, 9, 9)).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void isLeftOutWhereItCannotBeShown() {
    assertThat(Sparkline.isPossible(UTF_8)).isTrue();
    assertThat(Sparkline.isPossible(US_ASCII)).isFalse();
  }
}
