package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;

/**
 * Dropout of whole channels, {@code [N, C, H, W] -> same}: neighbours in feature maps are alike, so
 * that dropping single elements would regularise little (Tompson et al. 2015). In training sets
 * each channel of each sample to 0 with probability p and divides the others by {@code 1 - p}; in
 * evaluation does nothing.
 *
 * <pre>{@code
 * Layer block = new Sequential(new Conv2d(16, 32, 3), new ReLU(), new Dropout2d(0.2));
 * }</pre>
 */
public final class Dropout2d extends DropoutNd {

  /**
   * With that probability of 0.
   *
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public Dropout2d(double probability) {
    super(probability);
  }

  @Override
  Shape maskShape(Shape input) {
    return channels(input, 4, "[N, C, H, W]");
  }
}
