package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/** The maximum under each window, {@code [N, C, H, W] -> [N, C, OH, OW]}. */
public final class MaxPool2d extends Layer {

  private final Pool2dGeometry geometry;

  /** With that window. */
  public MaxPool2d(Pool2dGeometry geometry) {
    this.geometry = geometry;
  }

  /** Square windows side by side. */
  public MaxPool2d(int kernel) {
    this(kernel, kernel);
  }

  /** Square windows, {@code stride} apart. */
  public MaxPool2d(int kernel, int stride) {
    this(Pool2dGeometry.of(kernel, stride));
  }

  /** The same, counting a last window that does not fit whole. */
  public MaxPool2d ceilMode() {
    return new MaxPool2d(geometry.withCeilMode());
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return Pooling.maxPool2d(x, geometry);
  }
}
