package io.github.trimaran.examples.training;

import io.github.trimaran.data.Augmentation;
import io.github.trimaran.data.Cutout;
import io.github.trimaran.data.Flip;
import io.github.trimaran.data.RandomCrop;
import io.github.trimaran.random.Rng;
import java.util.Map;
import java.util.function.Function;

/** The augmentations, by name. */
final class Augmentations {

  private static final Augmentation CROP = new RandomCrop(2, RandomCrop.Border.REFLECT);

  private static final Augmentation WIDE_CROP = new RandomCrop(4, RandomCrop.Border.REFLECT);

  private static final Map<String, Function<Rng, Augmentation>> CHOICES =
      Map.of(
          "none",
          rng -> Augmentation.NONE,
          "flip",
          rng -> Flip.random(),
          "crop",
          rng -> CROP,
          "flip-crop",
          rng -> Flip.random().then(CROP),
          "alternate",
          rng -> Flip.alternating(rng).then(CROP),
          "strong",
          rng -> Flip.alternating(rng).then(WIDE_CROP).then(new Cutout(8)),
          "full",
          rng -> Flip.random().then(CROP).then(new Cutout(8)));

  private Augmentations() {}

  /** {@code rng} is what alternating flips follow from; it is not advanced. */
  static Augmentation named(String name, Rng rng) {
    return Choices.named("--augment", name, CHOICES).apply(rng);
  }
}
