package io.github.trimaran.examples.training;

import io.github.trimaran.data.Augmentation;
import io.github.trimaran.data.Cutout;
import io.github.trimaran.data.Flip;
import io.github.trimaran.data.RandomCrop;
import java.util.Map;

/** The augmentations, by name. */
final class Augmentations {

  private static final Augmentation CROP = new RandomCrop(2, RandomCrop.Border.REFLECT);

  private static final Map<String, Augmentation> CHOICES =
      Map.of(
          "none",
          Augmentation.NONE,
          "flip",
          Flip.random(),
          "crop",
          CROP,
          "full",
          Flip.random().then(CROP).then(new Cutout(8)));

  private Augmentations() {}

  static Augmentation named(String name) {
    return Choices.named("--augment", name, CHOICES);
  }
}
