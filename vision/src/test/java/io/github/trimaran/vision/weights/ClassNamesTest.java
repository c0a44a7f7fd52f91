package io.github.trimaran.vision.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassNamesTest {

  private static final List<String> CLASSES =
      List.of(
          "tench, Tinca tinca", "goldfish", "tiger shark", "tiger", "black-footed ferret, ferret");

  @Test
  void findsClassesByNumberByNameAndByWord() {
    assertThat(ClassNames.find(CLASSES, "2")).isEqualTo(2);
    assertThat(ClassNames.find(CLASSES, "Goldfish")).isEqualTo(1);
    assertThat(ClassNames.find(CLASSES, "tinca tinca")).isZero();
    assertThat(ClassNames.find(CLASSES, "tiger")).isEqualTo(3);
    assertThat(ClassNames.find(CLASSES, "shark")).isEqualTo(2);
    assertThat(ClassNames.find(CLASSES, "footed")).isEqualTo(4);
    assertThat(ClassNames.first(CLASSES.get(0))).isEqualTo("tench");
  }

  @Test
  void refusesWhatIsNoClassOrSeveral() {
    assertThatThrownBy(() -> ClassNames.find(CLASSES, "5"))
        .hasMessage("no class 5; there are 5, from 0");
    assertThatThrownBy(() -> ClassNames.find(CLASSES, "unicorn"))
        .hasMessageStartingWith("no class is called 'unicorn'");
    assertThatThrownBy(() -> ClassNames.find(List.of("red fox", "grey fox"), "fox"))
        .hasMessage("'fox' means several classes; give one of 0 (red fox), 1 (grey fox)");
  }
}
