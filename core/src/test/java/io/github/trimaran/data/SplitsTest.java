package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.random.Rng;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitsTest {

  private static final Rng RNG = Rng.seeded(4);

  private static int[] sorted(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).sorted().toArray();
  }

  private static int[] all(int size) {
    return IntStream.range(0, size).toArray();
  }

  @Test
  void randomPartsHoldEverySampleOnce() {
    List<int[]> parts = Splits.random(103, RNG, 0.7, 0.2, 0.1);
    assertThat(parts).extracting(part -> part.length).containsExactly(72, 21, 10);
    assertThat(sorted(parts.toArray(int[][]::new))).isEqualTo(all(103));
    assertThat(parts.get(0)).isNotEqualTo(sorted(parts.get(0)));
    assertThat(Splits.random(103, RNG, 0.7, 0.2, 0.1).get(1)).isEqualTo(parts.get(1));
    assertThat(Splits.random(103, Rng.seeded(5), 0.7, 0.2, 0.1).get(1)).isNotEqualTo(parts.get(1));
  }

  @Test
  void whatIsLeftOverIsInNoPart() {
    List<int[]> parts = Splits.random(10, RNG, 0.5, 0.3);
    assertThat(parts).extracting(part -> part.length).containsExactly(5, 3);
    assertThat(sorted(parts.toArray(int[][]::new))).doesNotHaveDuplicates();
  }

  @Test
  void stratifiedPartsHaveOfEachClassItsShare() {
    // 60 of class 0, 30 of class 1, 10 of class 7.
    int[] labels = IntStream.range(0, 100).map(i -> i < 60 ? 0 : i < 90 ? 1 : 7).toArray();
    for (int seed = 0; seed < 50; seed++) {
      List<int[]> parts = Splits.stratified(labels, Rng.seeded(seed), 0.8, 0.2);
      assertThat(sorted(parts.toArray(int[][]::new))).isEqualTo(all(100));
      int[] test = parts.get(1);
      assertThat(test).hasSize(20);
      assertThat(count(labels, test, 0)).isBetween(11L, 13L);
      assertThat(count(labels, test, 1)).isBetween(5L, 7L);
      assertThat(count(labels, test, 7)).isBetween(1L, 3L);
    }
  }

  @Test
  void everySampleIsTestedInOneFold() {
    int[] labels = IntStream.range(0, 30).map(i -> i % 3).toArray();
    List<Splits.Fold> folds = Splits.stratifiedFolds(labels, 5, RNG);
    assertThat(sorted(folds.stream().map(Splits.Fold::test).toArray(int[][]::new)))
        .isEqualTo(all(30));
    for (Splits.Fold fold : folds) {
      assertThat(sorted(fold.train(), fold.test())).isEqualTo(all(30));
      for (int label = 0; label < 3; label++) {
        assertThat(count(labels, fold.test(), label)).isEqualTo(2);
      }
    }
    assertThat(Splits.folds(11, 3, RNG))
        .extracting(fold -> fold.test().length)
        .containsExactly(4, 3, 4);
  }

  private static long count(int[] labels, int[] part, int label) {
    return Arrays.stream(part).filter(i -> labels[i] == label).count();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> Splits.random(10, RNG, 0.8, 0.3))
        .hasMessage("split: shares must be over 0 and sum to at most 1, are [0.8, 0.3]");
    assertThatThrownBy(() -> Splits.random(10, RNG, 0.5, 0)).hasMessageContaining("over 0");
    assertThatThrownBy(() -> Splits.random(3, RNG, 0.9, 0.1))
        .hasMessage("split: part 2 of 2 would be empty; there are only 3 samples");
    assertThatThrownBy(() -> Splits.folds(10, 1, RNG))
        .hasMessage("split: needs at least 2 folds, is 1");
  }
}
