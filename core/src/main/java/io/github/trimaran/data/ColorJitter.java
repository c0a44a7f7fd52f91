package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * Makes images brighter or darker, and stronger or weaker in contrast, each image by its own
 * amounts: torchvision's transform of that name, for images that are normalised.
 *
 * <pre>{@code
 * Augmentation varied = Flip.random().then(new ColorJitter(0.2, 0.2));
 * }</pre>
 *
 * <pre>
 * x = c (x - m) + m + b,    b uniform in [-brightness, brightness],
 *                           c uniform in [1 - contrast, 1 + contrast],
 * </pre>
 *
 * <p>where {@code m} is the mean of the image over pixels and channels, and {@code b} counts in
 * standard deviations of the normalised pixels.
 *
 * @param brightness the largest change of all values, at least 0
 * @param contrast the largest change of the factor, 0 to 1
 */
public record ColorJitter(double brightness, double contrast) implements Augmentation {

  /** Checks the ranges. */
  public ColorJitter {
    if (!(brightness >= 0) || Double.isInfinite(brightness)) {
      throw new IllegalArgumentException(
          "colour jitter: brightness must be at least 0, is " + brightness);
    }
    if (!(contrast >= 0 && contrast <= 1)) {
      throw new IllegalArgumentException("colour jitter: contrast must be 0 to 1, is " + contrast);
    }
  }

  @Override
  public void apply(Image image, Rng rng) {
    double added = rng.nextDouble(-brightness, brightness);
    double factor = rng.nextDouble(1 - contrast, 1 + contrast);
    float[] values = image.values();
    int first = image.offset();
    int end = first + image.shape().size();
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += values[i];
    }
    double mean = sum / image.shape().size();
    for (int i = first; i < end; i++) {
      values[i] = (float) (factor * (values[i] - mean) + mean + added);
    }
  }
}
