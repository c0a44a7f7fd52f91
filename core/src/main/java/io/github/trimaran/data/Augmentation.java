package io.github.trimaran.data;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * Changes a training image at random so that its class stays what it was. Works on the host after
 * normalisation, where 0 is the mean.
 *
 * <pre>{@code
 * Augmentation darker = (image, rng) -> {
 *   float factor = (float) rng.nextDouble(0.5, 1);
 *   for (int y = 0; y < image.height(); y++) {
 *     for (int x = 0; x < image.width(); x++) {
 *       image.set(0, y, x, factor * image.get(0, y, x));
 *     }
 *   }
 * };
 * DataLoader loader = new DataLoader(pictures, 32).transform(Flip.random().then(darker));
 * }</pre>
 */
@FunctionalInterface
public interface Augmentation extends SampleTransform {

  /** Leaves images as they are. */
  Augmentation NONE = (image, rng) -> {};

  /**
   * Changes an image where it stands.
   *
   * @param image the image
   * @param rng everything random comes from here; it is this image's own in this epoch
   */
  void apply(Image image, Rng rng);

  /**
   * Changes a copy of the sample's input, float32 {@code [C, H, W]}.
   *
   * @throws IllegalArgumentException if it is no such image
   */
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // an image changed is a sample changed
  default Sample apply(Sample sample, Place place) {
    if (this == NONE) {
      return sample;
    }
    HostArray input = Image.requireImage("augmentation", sample.input());
    HostArray changed = input.to(DType.FLOAT32);
    var image = new Image(changed.floats(), 0, input.shape(), place.index(), place.epoch());
    apply(image, place.rng());
    return sample.with(Batch.INPUT, changed);
  }

  /** This one, then another. */
  default Augmentation then(Augmentation next) {
    return (image, rng) -> {
      apply(image, rng);
      next.apply(image, rng);
    };
  }

  /**
   * An image in an array of values.
   *
   * @param values an array that holds the image
   * @param offset where the image's values start
   * @param shape {@code [C, H, W]}
   * @param index the image's position in the dataset
   * @param epoch the epoch, from 0
   */
  record Image(float[] values, int offset, Shape shape, int index, int epoch) {

    /** C. */
    public int channels() {
      return shape.dim(0);
    }

    /** H. */
    public int height() {
      return shape.dim(1);
    }

    /** W. */
    public int width() {
      return shape.dim(2);
    }

    /** Where a row of a channel starts. */
    public int row(int channel, int y) {
      return offset + (channel * height() + y) * width();
    }

    /** The value at a place. */
    public float get(int channel, int y, int x) {
      return values[row(channel, y) + x];
    }

    /** Sets the value at a place. */
    public void set(int channel, int y, int x, float value) {
      values[row(channel, y) + x] = value;
    }

    static HostArray requireImage(String operation, HostArray input) {
      if (input.shape().rank() != 3 || input.dtype() != DType.FLOAT32) {
        throw new IllegalArgumentException(
            operation
                + ": needs images, float32 [C, H, W], got "
                + input.dtype()
                + " "
                + input.shape());
      }
      return input;
    }
  }
}
