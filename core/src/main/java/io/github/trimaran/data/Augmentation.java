package io.github.trimaran.data;

import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * Changes a training image at random so that its class stays what it was. Works on the host after
 * normalisation, where 0 is the mean.
 *
 * <pre>{@code
 * Augmentation darker = (image, rng) -> image.values()[image.offset()] -= 0.1f;    // one pixel
 * Augmentation usual = Flip.random().then(new Cutout(8));
 * }</pre>
 */
@FunctionalInterface
public interface Augmentation {

  /** Leaves images as they are. */
  Augmentation NONE = (image, rng) -> {};

  /**
   * Changes an image where it stands.
   *
   * @param image the image
   * @param rng everything random comes from here; it is this image's own in this epoch
   */
  void apply(Image image, Rng rng);

  /** This one, then another. */
  default Augmentation then(Augmentation next) {
    return (image, rng) -> {
      apply(image, rng);
      next.apply(image, rng);
    };
  }

  /**
   * An image in a batch.
   *
   * @param values the values of the batch
   * @param offset where the image's values start
   * @param shape {@code [C, H, W]}
   * @param index the image's position in the dataset
   * @param epoch the epoch, from 0
   */
  record Image(float[] values, int offset, Shape shape, int index, int epoch) {

    int channels() {
      return shape.dim(0);
    }

    int height() {
      return shape.dim(1);
    }

    int width() {
      return shape.dim(2);
    }

    /** Where a row of a channel starts. */
    int row(int channel, int y) {
      return offset + (channel * height() + y) * width();
    }
  }
}
