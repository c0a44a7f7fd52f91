package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void inOrderWithAShortLastBatch() {
    Batches batches = Batches.inOrder(Drawn.floats(7), 3).normalized(Normalization.none());
    assertThat(batches.perEpoch()).isEqualTo(3);
    List<Integer> sizes = new ArrayList<>();
    int image = 0;
    for (Batch batch : batches.epoch(0)) {
      sizes.add(batch.size());
      assertThat(batch.input().shape()).isEqualTo(Shape.of(batch.size(), 2, 3, 4));
      for (int i = 0; i < batch.size(); i++, image++) {
        assertThat(batch.target().longs()[i]).isEqualTo(image % 2);
        for (int p = 0; p < 24; p++) {
          assertThat(batch.input().floats()[i * 24 + p]).isEqualTo(image + p / 100f);
        }
      }
    }
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  void aBatchMayBeLargerThanAllThereIs() {
    Batches batches = Batches.inOrder(Drawn.floats(7), Integer.MAX_VALUE);
    assertThat(batches.perEpoch()).isEqualTo(1);
    assertThat(batches.epoch(0)).singleElement().extracting(Batch::size).isEqualTo(7);
    assertThat(batches.epoch(0, 1)).isEmpty();
  }

  @Test
  void everyEpochIsAnotherOrderOfAllImages() {
    Batches batches =
        Batches.shuffled(Drawn.floats(50), 8, Rng.seeded(1)).normalized(Normalization.none());
    List<Integer> first = order(batches, 0, 0);
    List<Integer> second = order(batches, 1, 0);
    assertThat(first).doesNotHaveDuplicates().hasSize(50);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    assertThat(first).isNotEqualTo(first.stream().sorted().toList());
  }

  @Test
  void ordersFollowFromTheSeed() {
    Rng rng = Rng.seeded(5);
    Batches one = Batches.shuffled(Drawn.floats(50), 8, rng).normalized(Normalization.none());
    rng.nextLong();
    Batches same =
        Batches.shuffled(Drawn.floats(50), 8, Rng.seeded(5)).normalized(Normalization.none());
    Batches other =
        Batches.shuffled(Drawn.floats(50), 8, Rng.seeded(6)).normalized(Normalization.none());
    assertThat(order(same, 3, 0)).isEqualTo(order(one, 3, 0)).isNotEqualTo(order(other, 3, 0));
  }

  @Test
  void goesOnWhereItStopped() {
    Augmentation noise = (image, rng) -> image.values()[image.offset() + 1] = rng.nextFloat();
    Batches batches = Batches.shuffled(Drawn.floats(20), 6, Rng.seeded(2)).augmented(noise);
    List<float[]> whole = images(batches, 4, 0);
    List<float[]> rest = images(batches, 4, 2);
    assertThat(rest).hasSize(2);
    assertThat(rest.get(0)).isEqualTo(whole.get(2));
    assertThat(rest.get(1)).isEqualTo(whole.get(3));
    assertThat(images(batches, 5, 0).get(0)).isNotEqualTo(whole.get(0));
  }

  @Test
  void augmentsAfterNormalising() {
    Augmentation copy = (image, rng) -> image.values()[image.offset()] = 9;
    Batches batches =
        Batches.inOrder(Drawn.bytes(255, 0), 2).normalized(Normalization.unit()).augmented(copy);
    for (Batch batch : batches.epoch(0)) {
      assertThat(batch.input().floats()).containsExactly(9, 9);
    }
  }

  @Test
  void refusesImpossibleSizesAndPlaces() {
    assertThatThrownBy(() -> Batches.inOrder(Drawn.floats(2), 0))
        .hasMessage("batches: size must be at least 1, is 0");
    assertThatThrownBy(() -> Batches.inOrder(Drawn.floats(2), 1).epoch(0, 3))
        .hasMessage("batches: there is no batch 3 in epoch 0 of 2 batches");
  }

  private static List<Integer> order(Batches batches, int epoch, int first) {
    List<Integer> order = new ArrayList<>();
    for (float[] values : images(batches, epoch, first)) {
      for (int i = 0; i < values.length; i += 24) {
        order.add((int) values[i]);
      }
    }
    return order;
  }

  private static List<float[]> images(Batches batches, int epoch, int first) {
    List<float[]> images = new ArrayList<>();
    for (Batch batch : batches.epoch(epoch, first)) {
      images.add(batch.input().floats().clone());
    }
    return images;
  }
}
