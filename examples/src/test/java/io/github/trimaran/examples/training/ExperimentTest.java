package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.embedded.EmbeddedImages;
import org.junit.jupiter.api.Test;

class ExperimentTest {

  private final Dataset images = EmbeddedImages.trainTest(20, 10).train();
  private final Batches batches = Batches.inOrder(images, 10);
  private final Experiment experiment =
      Experiment.images(20, 0, 10).network(NetworkChoice.of(Networks.RECORD)).epochs(3);

  @Test
  void firstEpochsAreOfSmallerImagesIfAskedFor() {
    Shape whole = images.imageShape();
    var resized = experiment.refined(Refinements.NONE.smallEpochs(0.67)).resized(batches);
    for (int epoch = 0; epoch < 3; epoch++) {
      Shape shape = resized.epoch(epoch, 0).iterator().next().input().shape();
      int height = epoch < 2 ? whole.dim(1) * 3 / 4 : whole.dim(1);
      int width = epoch < 2 ? whole.dim(2) * 3 / 4 : whole.dim(2);
      assertThat(shape).isEqualTo(Shape.of(10, whole.dim(0), height, width));
    }
    assertThat(experiment.resized(batches)).isSameAs(batches);
    // Two thirds of one epoch is none.
    Experiment single = experiment.epochs(1).refined(Refinements.NONE.smallEpochs(0.67));
    assertThat(single.resized(batches)).isSameAs(batches);
  }
}
