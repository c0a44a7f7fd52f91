package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * Pads each image on all sides and cuts an image of the old size out of it at a random place: a
 * shift by up to {@code padding} pixels each way.
 *
 * <pre>{@code
 * Augmentation shift = new RandomCrop(2, RandomCrop.Border.REFLECT);
 * Batches training = Batches.shuffled(dataset, 50, rng).augmented(Flip.random().then(shift));
 * }</pre>
 *
 * @param padding pixels on each side
 * @param border what the padding holds
 */
public record RandomCrop(int padding, Border border) implements Augmentation {

  /** What lies beyond the edge of an image. */
  public enum Border {
    /** Zeros: after normalisation, the mean. */
    ZERO,
    /** The image mirrored at its edge pixels, which are not repeated: {@code d c b | a b c d}. */
    REFLECT
  }

  /** Checks the padding. */
  public RandomCrop {
    if (padding < 0) {
      throw new IllegalArgumentException("random crop: padding must be at least 0, is " + padding);
    }
  }

  @Override
  public void apply(Image image, Rng rng) {
    int most = Math.min(image.height(), image.width()) - 1;
    if (padding > most) {
      throw new IllegalArgumentException(
          "random crop: padding " + padding + " is over " + most + " for images " + image.shape());
    }
    int down = rng.nextInt(2 * padding + 1) - padding;
    int right = rng.nextInt(2 * padding + 1) - padding;
    shift(image, down, right);
  }

  /** The pixel at {@code (y, x)} becomes the one that was at {@code (y + down, x + right)}. */
  private void shift(Image image, int down, int right) {
    int height = image.height();
    int width = image.width();
    float[] old = new float[height * width];
    for (int c = 0; c < image.channels(); c++) {
      System.arraycopy(image.values(), image.row(c, 0), old, 0, old.length);
      for (int y = 0; y < height; y++) {
        int fromY = source(y + down, height);
        int row = image.row(c, y);
        for (int x = 0; x < width; x++) {
          int fromX = source(x + right, width);
          image.values()[row + x] = fromY < 0 || fromX < 0 ? 0 : old[fromY * width + fromX];
        }
      }
    }
  }

  /** Where a position that may lie outside is read from; -1 for a zero. */
  private int source(int position, int extent) {
    if (position >= 0 && position < extent) {
      return position;
    }
    if (border == Border.ZERO) {
      return -1;
    }
    return position < 0 ? -position : 2 * (extent - 1) - position;
  }
}
