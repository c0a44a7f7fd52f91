package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/** The mean under each window, {@code [N, C, H, W] -> [N, C, OH, OW]}. */
public final class AvgPool2d extends Layer {

  private final Pool2dGeometry geometry;

  /** With that window. */
  public AvgPool2d(Pool2dGeometry geometry) {
    this.geometry = geometry;
  }

  /** Square windows side by side. */
  public AvgPool2d(int kernel) {
    this(kernel, kernel);
  }

  /** Square windows, {@code stride} apart. */
  public AvgPool2d(int kernel, int stride) {
    this(Pool2dGeometry.of(kernel, stride));
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return Pooling.avgPool2d(x, geometry);
  }
}
