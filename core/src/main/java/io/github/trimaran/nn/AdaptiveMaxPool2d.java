package io.github.trimaran.nn;

import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/**
 * The maximum under each of as many windows as are asked for, which share the image out: {@code [N,
 * C, H, W] -> [N, C, height, width]}. Window i reaches from row {@code floor(i H / height)} up to
 * {@code ceil((i + 1) H / height)}, and columns likewise.
 *
 * <pre>{@code
 * Layer head = new Sequential(new AdaptiveMaxPool2d(7), new Flatten(), new Linear(512 * 49, 10));
 * }</pre>
 */
public final class AdaptiveMaxPool2d extends AdaptivePool2d {

  /** To a square. */
  public AdaptiveMaxPool2d(int size) {
    this(size, size);
  }

  /** To that many rows and columns. */
  public AdaptiveMaxPool2d(int height, int width) {
    super(height, width);
  }

  @Override
  Tensor pool(Tensor image, int height, int width) {
    return Pooling.adaptiveMaxPool2d(image, height, width);
  }
}
