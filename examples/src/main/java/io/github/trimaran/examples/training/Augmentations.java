package io.github.trimaran.examples.training;

import io.github.trimaran.data.Augmentation;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.CutMix;
import io.github.trimaran.data.Cutout;
import io.github.trimaran.data.Flip;
import io.github.trimaran.data.Mixing;
import io.github.trimaran.data.RandomCrop;
import io.github.trimaran.random.Rng;
import java.util.Map;

/** The augmentations, by name. */
final class Augmentations {

  private static final Augmentation CROP = new RandomCrop(2, RandomCrop.Border.REFLECT);

  private static final Augmentation WIDE_CROP = new RandomCrop(4, RandomCrop.Border.REFLECT);

  private static final Augmentation CUTOUT = new Cutout(8);

  /** Half of the images are mixed, as in the paper's CIFAR-10. */
  private static final Mixing CUTMIX = new CutMix(0.5);

  private interface Choice {
    Batches applyTo(Batches batches, Rng rng);
  }

  private static final Map<String, Choice> CHOICES =
      Map.of(
          "none",
          (batches, rng) -> batches,
          "flip",
          (batches, rng) -> batches.augmented(Flip.random()),
          "crop",
          (batches, rng) -> batches.augmented(CROP),
          "flip-crop",
          (batches, rng) -> batches.augmented(Flip.random().then(CROP)),
          "full",
          (batches, rng) -> batches.augmented(Flip.random().then(CROP).then(CUTOUT)),
          "alternate",
          (batches, rng) -> batches.augmented(Flip.alternating(rng).then(CROP)),
          "strong",
          (batches, rng) -> batches.augmented(Flip.alternating(rng).then(WIDE_CROP).then(CUTOUT)),
          "cutmix",
          (batches, rng) -> batches.augmented(Flip.alternating(rng).then(WIDE_CROP)).mixed(CUTMIX));

  private Augmentations() {}

  /** {@code rng} is what alternating flips follow from; it is not advanced. */
  static Batches apply(String name, Rng rng, Batches batches) {
    return Choices.named("--augment", name, CHOICES).applyTo(batches, rng);
  }
}
