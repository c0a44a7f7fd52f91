package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * Sets a square to zero, after normalisation the mean. Its centre lies anywhere in the image, so
 * part of the square may lie outside (DeVries and Taylor 2017, arXiv:1708.04552); or the square
 * lies {@link #inside}.
 *
 * <pre>{@code
 * Batches training = Batches.shuffled(dataset, 50, rng).augmented(new Cutout(8));
 * }</pre>
 *
 * @param size pixels along a side of the square
 * @param whole whether all of the square lies in the image
 */
public record Cutout(int size, boolean whole) implements Augmentation {

  /** Checks the size. */
  public Cutout {
    if (size < 1) {
      throw new IllegalArgumentException("cutout: size must be at least 1, is " + size);
    }
  }

  /** A square whose centre lies anywhere. */
  public Cutout(int size) {
    this(size, false);
  }

  /**
   * A square that lies wholly in the image, anywhere, so that each image loses as much; all of the
   * image if that is smaller.
   */
  public static Cutout inside(int size) {
    return new Cutout(size, true);
  }

  @Override
  public void apply(Image image, Rng rng) {
    int top = start(image.height(), rng);
    int left = start(image.width(), rng);
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

  private int start(int extent, Rng rng) {
    return whole ? rng.nextInt(Math.max(extent - size, 0) + 1) : rng.nextInt(extent) - size / 2;
  }
}
