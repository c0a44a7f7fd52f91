package io.github.trimaran.nn;

import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Tensor;

/**
 * The maximum under each of as many windows as are asked for, which share the line out: {@code [N,
 * C, L] -> [N, C, length]}. Window i reaches from {@code floor(i L / length)} up to {@code ceil((i
 * + 1) L / length)}.
 *
 * <pre>{@code
 * Layer eight = new AdaptiveMaxPool1d(8);   // of lines of any length
 * }</pre>
 */
public final class AdaptiveMaxPool1d extends AdaptivePool1d {

  /** To that length. */
  public AdaptiveMaxPool1d(int length) {
    super(length);
  }

  @Override
  Tensor pool(Tensor image, int height, int width) {
    return Pooling.adaptiveMaxPool2d(image, height, width);
  }
}
