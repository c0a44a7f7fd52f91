package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

  /** Two dots at (3, 2) and (6, 2), and the border of the picture one column further. */
  @Test
  void areAsFarAsTheMarginAndThePictureGo() {
    Plane strength = Plane.of(8, 20);
    strength.values()[2 * 8 + 3] = 1;
    strength.values()[2 * 8 + 6] = 1;
    List<Component> dots = Component.of(strength, 0.5);
    Surroundings around = Surroundings.of(dots, strength, 4);
    assertThat(List.of(around.left(), around.top(), around.width(), around.height()))
        .containsExactly(0, 0, 8, 7);
    assertThat(around.at(3, 2)).isZero();
    assertThat(around.at(5, 2)).isEqualTo(1);
    assertThat(around.at(0, 6)).isEqualTo(5);
    assertThat(around.at(3, 7)).isInfinite();
  }
}
