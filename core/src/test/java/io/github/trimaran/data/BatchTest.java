package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final HostArray INPUTS =
      HostArray.of(new float[] {0, 1, 10, 11, 20, 21}, Shape.of(3, 2));
  private static final HostArray LABELS = HostArray.of(new long[] {5, 6, 7}, Shape.of(3));

  @Test
  void choosesSamplesByTheirPlaces() {
    Batch chosen =
        Batch.of(INPUTS, LABELS)
            .with("mask", HostArray.of(new boolean[] {true, false, true}, Shape.of(3)))
            .rows(2, 0, 2);
    assertThat(chosen.size()).isEqualTo(3);
    assertThat(chosen.input().floats()).containsExactly(20, 21, 0, 1, 20, 21);
    assertThat(chosen.target().longs()).containsExactly(7, 5, 7);
    assertThat(chosen.get("mask").booleans()).containsExactly(true, true, true);
    assertThat(Batch.of(INPUTS, LABELS).rows(1).input())
        .isEqualTo(HostArray.of(new float[] {10, 11}, Shape.of(1, 2)));
  }

  @Test
  void whatIsOfAllSamplesStaysWhole() {
    HostArray states = HostArray.of(new float[] {1, 2}, Shape.of(1, 2));
    Batch chosen = Batch.of(INPUTS, LABELS).with("states", states).range(1, 3);
    assertThat(chosen.target().longs()).containsExactly(6, 7);
    assertThat(chosen.get("states")).isSameAs(states);
  }

  @Test
  void refusesPlacesThatAreNotThere() {
    Batch batch = Batch.of(INPUTS, LABELS);
    assertThatThrownBy(() -> batch.rows(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(batch::rows).hasMessageContaining("at least one sample");
    assertThatThrownBy(() -> batch.range(1, 4)).hasMessageContaining("there are 3 samples");
  }
}
