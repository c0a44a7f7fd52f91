package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.embedded.EmbeddedImages;
import io.github.trimaran.random.Rng;
import org.junit.jupiter.api.Test;

class ExperimentTest {

  private final Rng rng = Rng.seeded(1);
  private final Dataset images = EmbeddedImages.trainTest(20, 10).train();
  private final Batches batches = Batches.inOrder(images, 10);
  private final Experiment experiment =
      Experiment.images(20, 0, 10).network(NetworkChoice.of(Networks.RECORD)).epochs(3);

  @Test
  void firstEpochsAreOfSmallerImagesIfAskedFor() {
    Shape whole = images.imageShape();
    var resized = experiment.refined(Refinements.NONE.smallEpochs(0.67)).varied(batches, rng);
    for (int epoch = 0; epoch < 3; epoch++) {
      Shape shape = resized.epoch(epoch, 0).iterator().next().input().shape();
      int height = epoch < 2 ? whole.dim(1) * 3 / 4 : whole.dim(1);
      int width = epoch < 2 ? whole.dim(2) * 3 / 4 : whole.dim(2);
      assertThat(shape).isEqualTo(Shape.of(10, whole.dim(0), height, width));
    }
    assertThat(experiment.varied(batches, rng)).isSameAs(batches);
    // Two thirds of one epoch is none.
    Experiment single = experiment.epochs(1).refined(Refinements.NONE.smallEpochs(0.67));
    assertThat(single.varied(batches, rng)).isSameAs(batches);
  }

  @Test
  void imagesOfTheLastEpochsAreHardlyChangedIfAskedFor() {
    Experiment strong = experiment.augmented(Augmentations.CUTMIX).epochs(4);
    BatchSource varied = strong.refined(Refinements.NONE.plainEpochs(0.5)).varied(batches, rng);
    BatchSource mixed = Augmentations.CUTMIX.apply(batches, rng);
    BatchSource plain = Augmentations.ALTERNATE.apply(batches, rng);
    for (int epoch = 0; epoch < 4; epoch++) {
      assertThat(first(varied, epoch)).isEqualTo(first(epoch < 2 ? mixed : plain, epoch));
      assertThat(first(mixed, epoch)).isNotEqualTo(first(plain, epoch));
    }
  }

  private static HostArray first(BatchSource batches, int epoch) {
    return batches.epoch(epoch, 0).iterator().next().input();
  }
}
