package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * Sets a square to zero, after normalisation the mean. Its centre lies anywhere in the image, so
 * part of the square may lie outside (DeVries and Taylor 2017, arXiv:1708.04552).
 *
 * <pre>{@code
 * Batches training = Batches.shuffled(dataset, 50, rng).augmented(new Cutout(8));
 * }</pre>
 *
 * @param size pixels along a side of the square
 */
public record Cutout(int size) implements Augmentation {

  /** Checks the size. */
  public Cutout {
    if (size < 1) {
      throw new IllegalArgumentException("cutout: size must be at least 1, is " + size);
    }
  }

  @Override
  public void apply(Image image, Rng rng) {
    int top = rng.nextInt(image.height()) - size / 2;
    int left = rng.nextInt(image.width()) - size / 2;
    int bottom = Math.min(top + size, image.height());
    int right = Math.min(left + size, image.width());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = Math.max(top, 0); y < bottom; y++) {
        int row = image.row(c, y);
        for (int x = Math.max(left, 0); x < right; x++) {
          image.values()[row + x] = 0;
        }
      }
    }
  }
}
