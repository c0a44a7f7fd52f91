package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * Turns channels into pixels, {@code [N, C r^2, H, W] -> [N, C, H r, W r]}: a convolution before it
 * enlarges an image by a part of a pixel at a time (Shi et al. 2016).
 *
 * <pre>{@code
 * Layer twice = new Sequential(new Conv2d(16, 3 * 4, 3).padding(1), new PixelShuffle(2));
 * }</pre>
 *
 * <pre>
 * out[n, c, y r + i, x r + j] = in[n, c r^2 + i r + j, y, x]
 * </pre>
 */
public final class PixelShuffle extends Layer {

  private final int factor;

  /** Enlarges by that factor. */
  public PixelShuffle(int factor) {
    if (factor < 1) {
      throw error("the factor must be at least 1, is " + factor);
    }
    this.factor = factor;
  }

  @Override
  protected String describe() {
    return Integer.toString(factor);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Shape s = x.shape();
    int square = factor * factor;
    if (s.rank() != 4 || s.dim(1) % square != 0) {
      throw error("input must be [N, C * " + square + ", H, W], is " + s);
    }
    int channels = s.dim(1) / square;
    return x.reshape(s.dim(0), channels, factor, factor, s.dim(2), s.dim(3))
        .permute(0, 1, 4, 2, 5, 3)
        .reshape(s.dim(0), channels, s.dim(2) * factor, s.dim(3) * factor);
  }

  @Override
  public Form form() {
    return Form.of("factor", factor);
  }
}
