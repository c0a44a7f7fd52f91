package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressiveResizingTest {

  private static final Shape SMALL = Shape.of(3, 1, 6, 3);

  /** Two batches of three images of 8 x 4 pixels in each epoch. */
  private static final BatchSource PLAIN =
      new BatchSource() {
        @Override
        public int perEpoch() {
          return 2;
        }

        @Override
        public Iterable<Batch> epoch(int epoch, int first) {
          List<Batch> batches = new ArrayList<>();
          for (int b = first; b < 2; b++) {
            float[] values = new float[3 * 8 * 4];
            for (int i = 0; i < values.length; i++) {
              values[i] = i * (b + 1) + epoch;
            }
            batches.add(
                Batch.of(
                    HostArray.of(values, Shape.of(3, 1, 8, 4)),
                    HostArray.of(new long[] {b, 1, 2}, Shape.of(3))));
          }
          return batches;
        }
      };

  private static final BatchSource GROWING =
      new ProgressiveResizing(PLAIN, epoch -> epoch < 2 ? 0.75 : 1);

  @Test
  void earlyEpochsHaveSmallerImages() {
    assertThat(GROWING.perEpoch()).isEqualTo(2);
    List<Batch> plain = new ArrayList<>();
    PLAIN.epoch(1, 0).forEach(plain::add);
    List<Batch> small = new ArrayList<>();
    GROWING.epoch(1, 0).forEach(small::add);
    assertThat(small).hasSize(2);
    for (int b = 0; b < 2; b++) {
      assertThat(small.get(b).input().shape()).isEqualTo(SMALL);
      assertThat(small.get(b).input())
          .isEqualTo(new ResizeImages(6, 3).apply(plain.get(b)).input());
      assertThat(small.get(b).target()).isEqualTo(plain.get(b).target());
    }
  }

  @Test
  void laterOnesAreAsTheyAre() {
    Batch whole = GROWING.epoch(2, 1).iterator().next();
    assertThat(whole.input()).isEqualTo(PLAIN.epoch(2, 1).iterator().next().input());
  }

  @Test
  void goesOnFromWithinAnEpoch() {
    List<Batch> rest = new ArrayList<>();
    GROWING.epoch(0, 1).forEach(rest::add);
    assertThat(rest).hasSize(1);
    assertThat(rest.get(0).target().longs()).startsWith(1);
  }

  @Test
  void eachWorkerResizesItsOwn() {
    Batch whole = GROWING.epoch(0, 0).iterator().next();
    Shard first = GROWING.shards(0, 0, new Shard.Of(0, 2)).iterator().next();
    Shard second = GROWING.shards(0, 0, new Shard.Of(1, 2)).iterator().next();
    assertThat(first.samples()).isEqualTo(1);
    assertThat(second.samples()).isEqualTo(2);
    assertThat(first.batch().input()).isEqualTo(whole.range(0, 1).input());
    assertThat(second.batch().input()).isEqualTo(whole.range(1, 3).input());
  }

  @Test
  void refusesAScaleThatIsNone() {
    BatchSource wrong = new ProgressiveResizing(PLAIN, epoch -> 1 - epoch);
    assertThat(wrong.epoch(0, 0)).hasSize(2);
    assertThatThrownBy(() -> wrong.epoch(1, 0))
        .hasMessage("resize: scale must be over 0, is 0.0 in epoch 1");
  }
}
