package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * Turns pixels into channels, {@code [N, C, H r, W r] -> [N, C r^2, H, W]}: the reverse of {@link
 * PixelShuffle}, which shrinks an image without loss.
 *
 * <pre>{@code
 * Layer half = new PixelUnshuffle(2);   // [N, 3, 32, 32] -> [N, 12, 16, 16]
 * }</pre>
 */
public final class PixelUnshuffle extends Layer {

  private final int factor;

  /** Shrinks by that factor. */
  public PixelUnshuffle(int factor) {
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
    if (s.rank() != 4 || s.dim(2) % factor != 0 || s.dim(3) % factor != 0) {
      throw error("input must be [N, C, H * " + factor + ", W * " + factor + "], is " + s);
    }
    int height = s.dim(2) / factor;
    int width = s.dim(3) / factor;
    return x.reshape(s.dim(0), s.dim(1), height, factor, width, factor)
        .permute(0, 1, 3, 5, 2, 4)
        .reshape(s.dim(0), s.dim(1) * factor * factor, height, width);
  }

  @Override
  public Form form() {
    return Form.of("factor", factor);
  }
}
