package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.embedded.EmbeddedImages;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
  }

  /** Shares are rounded down, but for what doubles lack: 0.58 * 50 is 28.999999999999996. */
  @ParameterizedTest
  @CsvSource({
    "0.58, 50, 29",
    "0.7, 90, 63",
    "0.5, 15, 7",
    "0.42, 12, 5",
    "0.43, 21, 9",
    "0.9999, 3, 2"
  })
  void sharesOfEpochsAreRoundedDown(double share, int epochs, int expected) {
    BatchSource resized =
        experiment.epochs(epochs).refined(Refinements.NONE.smallEpochs(share)).varied(batches, rng);
    Shape whole = first(batches, 0).shape();
    long small =
        IntStream.range(0, epochs)
            .filter(epoch -> !first(resized, epoch).shape().equals(whole))
            .count();
    assertThat(small).isEqualTo(expected);
  }

  @Test
  void aShareThatIsNoEpochIsRefused() {
    Experiment strong = experiment.augmented(Augmentations.STRONG);
    assertThatThrownBy(() -> strong.epochs(1).refined(Refinements.NONE.smallEpochs(0.3)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--small-epochs: 0.3 of 1 epoch is none; ask for a larger share or for more --epochs,"
                + " or set it to 0");
    assertThatThrownBy(() -> strong.epochs(4).refined(Refinements.NONE.plainEpochs(0.2)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--plain-epochs: 0.2 of 4 epochs is none;");
    assertThat(strong.epochs(1).refined(Refinements.NONE.plainEpochs(1)).epochs()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Augmentations.class)
  void plainEpochsAreForStrongerAugmentationsOnly(Augmentations augmentation) {
    Experiment varied = experiment.augmented(augmentation);
    Refinements plain = Refinements.NONE.plainEpochs(0.5);
    if (List.of("none", "flip", "crop", "flip-crop", "alternate").contains(augmentation.label())) {
      assertThatThrownBy(() -> varied.refined(plain))
          .isInstanceOf(InputException.class)
          .hasMessageContainingAll(
              "--plain-epochs: the augmentation '" + augmentation.label() + "'", "--augment");
    } else {
      assertThat(varied.refined(plain).refinements()).isEqualTo(plain);
    }
    // Images may still be smaller in the first epochs, whatever the augmentation.
    Refinements small = Refinements.NONE.smallEpochs(0.5);
    assertThat(varied.refined(small).refinements()).isEqualTo(small);
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
