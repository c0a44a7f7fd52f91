package io.github.trimaran.examples.training;

import io.github.trimaran.data.Augmentation;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.ColorJitter;
import io.github.trimaran.data.CutMix;
import io.github.trimaran.data.Cutout;
import io.github.trimaran.data.Flip;
import io.github.trimaran.data.RandomCrop;
import io.github.trimaran.random.Rng;

/** How training images are varied. */
public enum Augmentations implements Choice {
  /** Not at all. */
  NONE((batches, rng) -> batches),

  /** Each is mirrored or not. */
  FLIP((batches, rng) -> batches.augmented(Flip.random())),

  /** Moved by up to two pixels. */
  CROP((batches, rng) -> batches.augmented(crop(2))),

  /** Mirrored or not, and moved. */
  FLIP_CROP((batches, rng) -> batches.augmented(Flip.random().then(crop(2)))),

  /** The same, and a square of it blank. */
  FULL((batches, rng) -> batches.augmented(Flip.random().then(crop(2)).then(cutout()))),

  /** Mirrored every other epoch, and moved. */
  ALTERNATE((batches, rng) -> batches.augmented(Flip.alternating(rng).then(crop(2)))),

  /** Mirrored every other epoch, moved by up to four pixels, and a square of it blank. */
  STRONG((batches, rng) -> batches.augmented(Flip.alternating(rng).then(crop(4)).then(cutout()))),

  /** The same with a square of 12 pixels that lies wholly in the image. */
  STRONG_INSIDE(
      (batches, rng) ->
          batches.augmented(Flip.alternating(rng).then(crop(4)).then(Cutout.inside(12)))),

  /** As {@link #STRONG}, and brighter or darker, and of more or less contrast. */
  STRONG_JITTER(
      (batches, rng) ->
          batches.augmented(
              Flip.alternating(rng).then(crop(4)).then(new ColorJitter(0.2, 0.2)).then(cutout()))),

  /**
   * Mirrored every other epoch, moved by up to four pixels, with a part of another image in half of
   * them, as in the paper's CIFAR-10.
   */
  CUTMIX(
      (batches, rng) ->
          batches.augmented(Flip.alternating(rng).then(crop(4))).mixed(new CutMix(0.5)));

  private interface Way {
    Batches apply(Batches batches, Rng rng);
  }

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final Way way;

  Augmentations(Way way) {
    this.way = way;
  }

  /** {@code rng} is what alternating flips follow from; it is not advanced. */
  public Batches apply(Batches batches, Rng rng) {
    return way.apply(batches, rng);
  }

  /** Whether images are changed by more than {@link #ALTERNATE} does, which only moves them. */
  public boolean changesMoreThanAlternate() {
    return switch (this) {
      case NONE, FLIP, CROP, FLIP_CROP, ALTERNATE -> false;
      case FULL, STRONG, STRONG_INSIDE, STRONG_JITTER, CUTMIX -> true;
    };
  }

  private static Augmentation crop(int pixels) {
    return new RandomCrop(pixels, RandomCrop.Border.REFLECT);
  }

  private static Augmentation cutout() {
    return new Cutout(8);
  }
}
