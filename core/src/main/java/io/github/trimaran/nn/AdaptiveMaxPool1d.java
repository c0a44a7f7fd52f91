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
public final class AdaptiveMaxPool1d extends Layer {

  private final int length;

  /** To that length. */
  public AdaptiveMaxPool1d(int length) {
    if (length < 1) {
      throw error("length must be at least 1, is " + length);
    }
    this.length = length;
  }

  @Override
  protected String describe() {
    return Integer.toString(length);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() != 3) {
      throw error("input must be [N, C, L], is " + x.shape());
    }
    return Pooling.adaptiveMaxPool2d(x.unsqueeze(2), 1, length).squeeze(2);
  }

  @Override
  public Form form() {
    return Form.of("length", length);
  }
}
