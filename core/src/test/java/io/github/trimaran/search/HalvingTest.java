package io.github.trimaran.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.search.Halving.Rung;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HalvingTest {

  @Test
  void candidatesBecomeFewerAsBudgetsGrow() {
    assertThat(new Halving(9, 1, 3, 3).schedule())
        .containsExactly(new Rung(0, 9, 1), new Rung(1, 3, 3), new Rung(2, 1, 9));
    assertThat(new Halving(13, 2, 2, 3).schedule())
        .containsExactly(new Rung(0, 13, 2), new Rung(1, 6, 4), new Rung(2, 3, 8));
    assertThat(new Halving(2, 1, 4, 3).schedule())
        .containsExactly(new Rung(0, 2, 1), new Rung(1, 1, 4), new Rung(2, 1, 16));
  }

  @Test
  void randomSearchIsOneRung() {
    assertThat(Halving.random(7, 3).schedule()).containsExactly(new Rung(0, 7, 3));
  }

  @Test
  void theTotalIsThatOfAllRungs() {
    assertThat(new Halving(9, 1, 3, 3).total()).isEqualTo(27);
    assertThat(new Halving(13, 2, 2, 3).total()).isEqualTo(26 + 24 + 24);
  }

  @Test
  void theBestComeFirstAndTheEarlierOfEquals() {
    List<Trial> trials = List.of(trial(4, 0.5), trial(1, 0.2), trial(3, 0.5), trial(2, 0.7));
    assertThat(Halving.best(trials, 3)).extracting(Trial::candidate).containsExactly(2, 3, 4);
  }

  @Test
  void nothingToHalveIsRefused() {
    assertThatThrownBy(() -> new Halving(0, 1, 3, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Halving(3, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("factor of 2");
  }

  private static Trial trial(int candidate, double score) {
    return new Trial(candidate, 0, 1, new Values(Map.of()), score, 0, List.of());
  }
}
