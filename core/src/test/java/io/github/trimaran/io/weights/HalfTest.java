package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class HalfTest {

  @Test
  void knowsTheValuesOfTheStandard() {
    assertThat(Half.toFloat((short) 0x3c00)).isEqualTo(1f);
    assertThat(Half.toFloat((short) 0xc000)).isEqualTo(-2f);
    assertThat(Half.toFloat((short) 0x7bff)).isEqualTo(65504f);
    assertThat(Half.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(Half.toFloat((short) 0x0400)).isEqualTo(0x1p-14f);
    assertThat(Half.toFloat((short) 0x3555)).isEqualTo(0.33325195f);
    assertThat(Half.toFloat((short) 0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Float.floatToRawIntBits(Half.toFloat((short) 0x8000))).isEqualTo(0x80000000);
    assertThat(Half.toFloat((short) 0x7e00)).isNaN();
    assertThat(Half.bfloatToFloat((short) 0x3f80)).isEqualTo(1f);
    assertThat(Half.bfloatToFloat((short) 0xc040)).isEqualTo(-3f);
  }

  @Test
  void everyHalfComesBackTheSame() {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Half.fromFloat(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.toFloat(Half.fromFloat(Float.NaN))).isNaN();
  }

  @Test
  void roundsToTheNearestWithTiesToEven() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float below = Half.toFloat((short) bits);
      float above = Half.toFloat((short) (bits + 1));
      float middle =
          BigDecimal.valueOf(below)
              .add(BigDecimal.valueOf(above))
              .divide(BigDecimal.valueOf(2))
              .floatValue();
      assertThat(Half.fromFloat(middle)).isEqualTo((short) (bits + (bits & 1)));
      assertThat(Half.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Half.fromFloat(-Math.nextUp(middle))).isEqualTo((short) (bits + 1 | 0x8000));
    }
    assertThat(Half.fromFloat(65519.996f)).isEqualTo((short) 0x7bff);
    assertThat(Half.fromFloat(65520f)).isEqualTo((short) 0x7c00);
    assertThat(Half.fromFloat(-1e30f)).isEqualTo((short) 0xfc00);
    assertThat(Half.fromFloat(Float.MIN_VALUE)).isEqualTo((short) 0);
  }
}
