package io.github.trimaran.nn;

import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/**
 * The mean under each of as many windows as are asked for, which share the image out: {@code [N, C,
 * H, W] -> [N, C, height, width]}. Window i reaches from row {@code floor(i H / height)} up to
 * {@code ceil((i + 1) H / height)}, and columns likewise.
 *
 * <pre>{@code
 * Layer head = new Sequential(new AdaptiveAvgPool2d(7), new Flatten(), new Linear(512 * 49, 10));
 * }</pre>
 */
public final class AdaptiveAvgPool2d extends Layer {

  private final int height;
  private final int width;

  /** To a square. */
  public AdaptiveAvgPool2d(int size) {
    this(size, size);
  }

  /** To that many rows and columns. */
  public AdaptiveAvgPool2d(int height, int width) {
    if (height < 1 || width < 1) {
      throw error("size must be at least 1, is " + height + " x " + width);
    }
    this.height = height;
    this.width = width;
  }

  @Override
  protected String describe() {
    return height + " x " + width;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() != 4) {
      throw error("input must be [N, C, H, W], is " + x.shape());
    }
    return Pooling.adaptiveAvgPool2d(x, height, width);
  }

  @Override
  public Form form() {
    return Form.of("height", height).with("width", width);
  }
}
