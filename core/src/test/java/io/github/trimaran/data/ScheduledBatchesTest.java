package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduledBatchesTest {

  /** Every value of an image tells source, epoch and batch: 213 is source 2, epoch 1, batch 3. */
  private static BatchSource source(int number, int batches) {
    return new BatchSource() {
      @Override
      public int perEpoch() {
        return batches;
      }

      @Override
      public Iterable<Batch> epoch(int epoch, int first) {
        List<Batch> all = new ArrayList<>();
        for (int b = first; b < batches; b++) {
          float value = 100 * number + 10 * epoch + b;
          all.add(
              Batch.of(
                  HostArray.of(new float[] {value, value}, Shape.of(2, 1, 1, 1)),
                  HostArray.of(new long[] {0, 1}, Shape.of(2))));
        }
        return all;
      }
    };
  }

  private static final BatchSource FIRST = source(1, 3);
  private static final BatchSource SECOND = source(2, 3);
  private static final BatchSource BOTH = new ScheduledBatches(epoch -> epoch < 2 ? FIRST : SECOND);

  private static List<Float> values(Iterable<Batch> batches) {
    List<Float> values = new ArrayList<>();
    batches.forEach(batch -> values.add(batch.input().floats()[0]));
    return values;
  }

  @Test
  void eachEpochIsOfItsSource() {
    assertThat(BOTH.perEpoch()).isEqualTo(3);
    assertThat(values(BOTH.epoch(1, 0))).containsExactly(110f, 111f, 112f);
    assertThat(values(BOTH.epoch(2, 0))).containsExactly(220f, 221f, 222f);
  }

  @Test
  void goesOnFromWithinAnEpoch() {
    assertThat(values(BOTH.epoch(2, 2))).containsExactly(222f);
  }

  @Test
  void workersShareTheBatchesOfTheSameSource() {
    List<Float> parts = new ArrayList<>();
    for (Shard shard : BOTH.shards(3, 1, new Shard.Of(1, 2))) {
      assertThat(shard.samples()).isEqualTo(1);
      parts.add(shard.batch().input().floats()[0]);
    }
    assertThat(parts).containsExactly(231f, 232f);
  }

  @Test
  void refusesSourcesOfAnotherLength() {
    BatchSource shorter = source(2, 2);
    BatchSource wrong = new ScheduledBatches(epoch -> epoch < 2 ? FIRST : shorter);
    assertThat(values(wrong.epoch(1, 0))).hasSize(3);
    assertThatThrownBy(() -> wrong.epoch(2, 0))
        .hasMessage("scheduled batches: 2 in epoch 2, 3 in epoch 0; all sources must have as many");
    assertThatThrownBy(() -> wrong.shards(2, 0, new Shard.Of(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysInWhichEpochThereIsNoSource() {
    BatchSource wrong = new ScheduledBatches(epoch -> epoch < 2 ? FIRST : null);
    assertThatThrownBy(() -> wrong.epoch(2, 0))
        .hasMessage("scheduled batches: there is no source for epoch 2; it is null");
  }
}
