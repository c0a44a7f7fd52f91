package io.github.trimaran.nn.models;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.tensor.Tensor;

/**
 * Pixels made into what a network wants to see, by operations that are differentiated through: for
 * gradients with respect to pixels.
 *
 * <pre>{@code
 * Tensor input = PreparedImages.of(images, ImagePreparation.imageNet());
 * }</pre>
 */
public final class PreparedImages {

  private static final int CHANNELS = 3;

  private PreparedImages() {}

  /**
   * The input for pixels.
   *
   * @param pixels {@code [N, 3, H, W]}, red, green and blue from 0 to 255
   * @return of the same shape
   * @throws IllegalArgumentException if there are not three channels
   */
  public static Tensor of(Tensor pixels, ImagePreparation preparation) {
    if (pixels.shape().rank() != 4 || pixels.shape().dim(1) != CHANNELS) {
      throw new IllegalArgumentException(
          "images: pixels must be [N, 3, H, W], are " + pixels.shape());
    }
    Tensor ordered = preparation.bgr() ? pixels.flip(1) : pixels;
    double[] factors = new double[CHANNELS];
    double[] offsets = new double[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      offsets[channel] = preparation.prepared(channel, 0);
      factors[channel] = preparation.prepared(channel, 1) - offsets[channel];
    }
    return ordered.mul(perChannel(factors, pixels)).add(perChannel(offsets, pixels));
  }

  private static Tensor perChannel(double[] values, Tensor like) {
    HostArray array = HostArray.of(values, Shape.of(1, values.length, 1, 1));
    return Tensor.of(like.backend(), array.to(like.dtype()));
  }
}
