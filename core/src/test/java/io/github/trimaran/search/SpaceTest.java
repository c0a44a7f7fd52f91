package io.github.trimaran.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpaceTest {

  private static final Space SPACE =
      Space.builder()
          .oneOf("filters", 8L, 16L, 32L)
          .oneOf("norm", false, true)
          .logUniform("rate", 1e-4, 1e-1)
          .limit(values -> values.integer("filters") < 32 || values.flag("norm"))
          .build();

  @Test
  void everySampleIsWithinTheSpaceAndItsLimit() {
    List<Values> sample = SPACE.sample(500, Rng.seeded(1));
    assertThat(sample).hasSize(500).doesNotHaveDuplicates().allMatch(SPACE::contains);
    for (Values values : sample) {
      assertThat(values.number("rate")).isBetween(1e-4, 1e-1);
      assertThat(values.integer("filters")).isIn(8, 16, 32);
      assertThat(values.integer("filters") == 32 && !values.flag("norm")).isFalse();
    }
  }

  @Test
  void choicesAreEquallyLikelyAndLogarithmsUniform() {
    Space free =
        Space.builder().oneOf("c", "x", "y", "z", "u").logUniform("rate", 1e-4, 1e-1).build();
    List<Values> sample = free.sample(4000, Rng.seeded(2));
    Map<String, Long> counts =
        sample.stream()
            .collect(Collectors.groupingBy(values -> values.word("c"), Collectors.counting()));
    // 1000 expected of each, with a standard deviation of 27.
    assertThat(counts).hasSize(4);
    assertThat(counts.values()).allMatch(count -> Math.abs(count - 1000) < 110);
    for (int decade = -4; decade < -1; decade++) {
      double low = Math.pow(10, decade);
      long inside =
          sample.stream()
              .filter(v -> v.number("rate") >= low && v.number("rate") < 10 * low)
              .count();
      assertThat((double) inside).isCloseTo(4000 / 3.0, within(120.0));
    }
  }

  @Test
  void aSampleFollowsFromTheSeedAndItsStartFromNothingElse() {
    List<Values> six = SPACE.sample(6, Rng.seeded(3));
    assertThat(SPACE.sample(6, Rng.seeded(3))).isEqualTo(six);
    assertThat(SPACE.sample(20, Rng.seeded(3)).subList(0, 6)).isEqualTo(six);
    assertThat(SPACE.sample(6, Rng.seeded(4))).isNotEqualTo(six);
  }

  @Test
  void aFixedDimensionHasItsValueAndLeavesTheOthersAsTheyWere() {
    Space free = Space.builder().oneOf("a", 1L, 2L, 3L).logUniform("rate", 1e-4, 1).build();
    List<Values> before = free.sample(10, Rng.seeded(5));
    List<Values> after = free.fixed("a", 7L).sample(10, Rng.seeded(5));
    assertThat(after).allMatch(values -> values.integer("a") == 7);
    assertThat(after.stream().map(values -> values.number("rate")).toList())
        .isEqualTo(before.stream().map(values -> values.number("rate")).toList());
  }

  @Test
  void whatIsNotInTheSpaceIsNotContained() {
    assertThat(SPACE.contains(new Values(Map.of("filters", 8L, "norm", true)))).isFalse();
    assertThat(SPACE.contains(new Values(Map.of("filters", 9L, "norm", true, "rate", 0.01))))
        .isFalse();
    assertThat(SPACE.contains(new Values(Map.of("filters", 8L, "norm", true, "rate", 0.2))))
        .isFalse();
    assertThat(SPACE.contains(new Values(Map.of("filters", 32L, "norm", false, "rate", 0.01))))
        .isFalse();
    assertThat(SPACE.contains(new Values(Map.of("filters", 32L, "norm", true, "rate", 0.01))))
        .isTrue();
  }

  @Test
  void moreThanThereIsCannotBeDrawn() {
    Space small = Space.builder().oneOf("a", 1L, 2L).oneOf("b", "x", "y").build();
    assertThat(small.sample(4, Rng.seeded(6))).hasSize(4);
    assertThatThrownBy(() -> small.sample(5, Rng.seeded(6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hardly more than 4 settings");
  }

  @Test
  void dimensionsWithoutValuesAreRefused() {
    assertThatThrownBy(() -> Space.builder().oneOf("a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Space.builder().logUniform("a", 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0 to 1.0");
    assertThatThrownBy(() -> SPACE.fixed("depth", 1L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'depth'");
  }
}
