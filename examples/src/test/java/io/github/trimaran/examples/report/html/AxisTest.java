package io.github.trimaran.examples.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes span what they are asked to, with round marks. */
class AxisTest {

  @Test
  void marksAreRound() {
    Axis axis = Axis.of(0.13, 0.97);
    assertThat(axis.marks()).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(axis.marks().get(i)).isCloseTo(0.2 * i, within(1e-12));
    }
    assertThat(axis.fraction(0.5)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void wideValuesAreLogarithmic() {
    Axis axis = Axis.of(1, 10_000);
    assertThat(axis.logarithmic()).isTrue();
    assertThat(axis.marks()).containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
    assertThat(axis.fraction(100)).isCloseTo(0.5, within(1e-12));
    assertThat(Axis.of(0, 10_000).logarithmic()).isFalse();
  }

  @Test
  void positionsAreWholeNumbersFromOne() {
    assertThat(Axis.counting(3).marks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(Axis.counting(20).marks()).containsExactly(1.0, 5.0, 10.0, 15.0, 20.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5, 5",
    "-3, -3",
    "1e16, 1.0000000000000002e16",
    "1e-300, 2e-300",
    "-1e99, 1e99",
    "4.9e-324, 1"
  })
  void anyTwoValuesHaveAnAxis(double least, double largest) {
    Axis axis = Axis.of(least, largest);
    assertThat(axis.marks()).hasSizeBetween(1, 70);
    assertThat(axis.fraction(least)).isBetween(-1e-9, 1 + 1e-9);
    assertThat(axis.fraction(largest)).isBetween(-1e-9, 1 + 1e-9);
  }
}
