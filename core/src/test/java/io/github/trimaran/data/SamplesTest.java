package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private static final HostArray INPUTS =
      HostArray.of(new float[] {1, 2, 3, 4, 5, 6}, Shape.of(3, 2));
  private static final HostArray CLASSES = HostArray.of(new long[] {0, 1, 1}, Shape.of(3));
  private static final Samples THREE = Samples.of(INPUTS, CLASSES);

  @Test
  void rowsOfArrays() throws IOException {
    assertThat(THREE.size()).isEqualTo(3);
    Sample second = THREE.get(1);
    assertThat(second.names()).containsExactly("input", "target");
    assertThat(second.input()).isEqualTo(HostArray.of(new float[] {3, 4}, Shape.of(2)));
    assertThat(second.target()).isEqualTo(HostArray.of(new long[] {1}, Shape.scalar()));
    assertThat(THREE.labels()).containsExactly(0, 1, 1);
  }

  @Test
  void arraysOfDifferentLengthsAreRefused() {
    HostArray two = HostArray.of(new long[2], Shape.of(2));
    assertThatThrownBy(() -> Samples.of(INPUTS, two))
        .hasMessage(
            "samples: 'input' [3, 2] and 'target' [2] are not of the same number of samples");
    assertThatThrownBy(
            () -> Samples.of(Map.of("input", HostArray.of(new float[1], Shape.scalar()))))
        .hasMessage("samples: 'input' is a single value; samples lie along the first axis");
  }

  @Test
  void partsAndSums() throws IOException {
    assertThat(THREE.select(2, 0, 2).labels()).containsExactly(1, 0, 1);
    assertThat(THREE.range(1, 3).labels()).containsExactly(1, 1);
    assertThat(THREE.take(1).concat(THREE).labels()).containsExactly(0, 0, 1, 1);
    assertThatThrownBy(() -> THREE.select(3))
        .hasMessage("samples: there is no sample 3, there are 3");
    assertThatThrownBy(() -> THREE.take(4)).hasMessage("samples: 0 to 4 asked for, there are 3");
  }

  @Test
  void weighsClassesByHowFewSamplesTheyHave() {
    assertThat(ClassWeights.perClass(0, 0, 0, 1))
        .containsExactly(new double[] {2 / 3.0, 2}, within(1e-15));
    assertThat(ClassWeights.perClass(0, 0, 2))
        .containsExactly(new double[] {0.75, 0, 1.5}, within(1e-15));
    assertThat(ClassWeights.perClass()).isEmpty();
    assertThat(ClassWeights.perClass(new int[] {1, 1}, 3)).containsExactly(0, 1, 0);
    assertThatThrownBy(() -> ClassWeights.perClass(0, -100))
        .hasMessage("class weights: label -100 is not from 0 to 0");
    assertThatThrownBy(() -> ClassWeights.perClass(new int[] {3}, 3))
        .hasMessage("class weights: label 3 is not from 0 to 2");
  }

  @Test
  void weightsGoWithSamples() throws IOException {
    double[] weights = ClassWeights.balanced(THREE.labels());
    assertThat(weights).containsExactly(1.5, 0.75, 0.75);
    Batch batch = new DataLoader(THREE.weighted(weights), 3).epoch(0).iterator().next();
    assertThat(batch.get(Batch.WEIGHTS))
        .isEqualTo(HostArray.of(new float[] {1.5f, 0.75f, 0.75f}, Shape.of(3)));
    assertThatThrownBy(() -> THREE.weighted(1, 2))
        .hasMessage("samples: 2 weights do not go with 3 samples");
  }

  @Test
  void samplesThatDifferNeedPadding() {
    Samples uneven =
        Samples.of(
            List.of(
                Sample.of(HostArray.of(new long[] {1, 2, 3}, Shape.of(3)), 7),
                Sample.of(HostArray.of(new long[] {4}, Shape.of(1)), 8)));
    DataLoader loader = new DataLoader(uneven, 2);
    assertThatThrownBy(() -> loader.epoch(0).iterator().next())
        .hasMessage(
            "batch: 'input' is int64 [3] in its first sample and int64 [1] in sample 1; make them"
                + " alike, or collate by Padding");
    Collate padding = Padding.with(-1).lengths("input").mask("input", Batch.WEIGHTS);
    Batch batch = loader.collate(padding).epoch(0).iterator().next();
    assertThat(batch.input())
        .isEqualTo(HostArray.of(new long[] {1, 2, 3, 4, -1, -1}, Shape.of(2, 3)));
    assertThat(batch.target()).isEqualTo(HostArray.of(new long[] {7, 8}, Shape.of(2)));
    assertThat(batch.get("input_length")).isEqualTo(HostArray.of(new long[] {3, 1}, Shape.of(2)));
    assertThat(batch.get(Batch.WEIGHTS))
        .isEqualTo(
            HostArray.of(new boolean[] {true, true, true, true, false, false}, Shape.of(2, 3)));
  }

  @Test
  void everyAxisIsFilledUp() {
    Sample wide = Sample.of(Map.of("x", HostArray.of(new float[] {1, 2, 3}, Shape.of(1, 3))));
    Sample tall = Sample.of(Map.of("x", HostArray.of(new float[] {4, 5}, Shape.of(2, 1))));
    assertThat(Padding.with(9).and("y", 0).batch(List.of(wide, tall)).get("x"))
        .isEqualTo(
            HostArray.of(new float[] {1, 2, 3, 9, 9, 9, 4, 9, 9, 5, 9, 9}, Shape.of(2, 2, 3)));
    Sample flat = Sample.of(Map.of("x", HostArray.of(new float[] {4}, Shape.of(1))));
    assertThatThrownBy(() -> Padding.with(0).batch(List.of(wide, flat)))
        .hasMessageContaining("type and number of axes must be the same");
  }

  @Test
  void drawnByWeight() {
    int[] order = Sampler.weighted(new double[] {0, 3, 0, 1, 0}, 8000).order(5, Rng.seeded(1));
    int[] counts = new int[5];
    for (int index : order) {
      counts[index]++;
    }
    // 6000 and 2000, with a deviation of 39.
    assertThat(counts[1]).isBetween(5800, 6200);
    assertThat(counts[3]).isEqualTo(8000 - counts[1]);
    assertThatThrownBy(() -> Sampler.weighted(new double[] {0, 0}, 1))
        .hasMessage("sampler: at least one weight must be over 0");
    assertThatThrownBy(() -> Sampler.weighted(new double[] {1, Double.NaN}, 1))
        .hasMessageContaining("one is NaN");
    assertThatThrownBy(() -> Sampler.weighted(new double[] {1}, 1).order(2, Rng.seeded(1)))
        .hasMessage("sampler: 1 weights do not go with 2 samples");
  }

  @Test
  void drawnWithReplacement() {
    DataLoader loader =
        new DataLoader(THREE, 10).sampler(Sampler.withReplacement(3000), Rng.seeded(1));
    assertThat(loader.perEpoch()).isEqualTo(300);
    int ones = 0;
    for (Batch batch : loader.epoch(0)) {
      for (long label : batch.target().longs()) {
        ones += (int) label;
      }
    }
    // 2000, with a deviation of 26.
    assertThat(ones).isBetween(1870, 2130);
  }

  @Test
  void aDatasetOfImagesIsSamples() throws IOException {
    Dataset images = Drawn.floats(4);
    assertThat(images.get(3))
        .satisfies(
            sample -> {
              assertThat(sample.input()).isEqualTo(images.image(3));
              assertThat(sample.target().longs()).containsExactly(images.label(3));
            });
    Batch floats = Batches.inOrder(images, 4).epoch(0).iterator().next();
    assertThat(floats.input().floats()[24]).isEqualTo(1f); // not divided by 255
    Batch bytes = Batches.inOrder(Drawn.bytes(255, 51), 1).epoch(0).iterator().next();
    assertThat(bytes.input().floats()[0]).isEqualTo(1f);
  }

  @Test
  void anAugmentationOfOnesOwnLeavesTheDataAsTheyAre() throws IOException {
    Samples images =
        Samples.of(Map.of("input", HostArray.of(new float[] {1, 2, 3, 4}, Shape.of(1, 1, 2, 2))));
    Augmentation own = (image, rng) -> image.set(0, 1, 0, image.get(0, 0, 1) * 10);
    Batch batch = new DataLoader(images, 1).transform(own).epoch(0).iterator().next();
    assertThat(batch.input().floats()).containsExactly(1, 2, 20, 4);
    assertThat(images.get(0).input().floats()).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> new DataLoader(THREE, 1).transform(own).epoch(0).iterator().next())
        .hasMessage("augmentation: needs images, float32 [C, H, W], got float32 [2]");
  }
}
