package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * Mirrors images left to right.
 *
 * <pre>{@code
 * Batches training = Batches.shuffled(dataset, 50, rng).augmented(Flip.random());
 * }</pre>
 */
public final class Flip {

  private Flip() {}

  /** Mirrors each image with probability one half. */
  public static Augmentation random() {
    return (image, rng) -> {
      if (rng.nextInt(2) == 1) {
        mirror(image);
      }
    };
  }

  /**
   * Mirrors a random half of the images in the first epoch and then each image in every other
   * epoch, so that two epochs in a row show every image both ways (Jordan 2024, "94% on CIFAR-10 in
   * 3.29 seconds on a single GPU", arXiv:2404.00498, section 3.6).
   *
   * @param rng what the half follows from; it is not advanced
   */
  public static Augmentation alternating(Rng rng) {
    Rng halves = rng.fork("flip");
    return (image, unused) -> {
      int first = halves.fork(image.index()).nextInt(2);
      if ((first + image.epoch()) % 2 == 1) {
        mirror(image);
      }
    };
  }

  private static void mirror(Augmentation.Image image) {
    float[] values = image.values();
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        int left = image.row(c, y);
        for (int right = left + image.width() - 1; left < right; left++, right--) {
          float value = values[left];
          values[left] = values[right];
          values[right] = value;
        }
      }
    }
  }
}
