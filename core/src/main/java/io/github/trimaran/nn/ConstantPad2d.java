package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Rows and columns of one value around an image, {@code [N, C, H, W] -> [N, C, top + H + bottom,
 * left + W + right]}.
 *
 * <pre>{@code
 * Layer grey = new ConstantPad2d(2, 0.5);
 * }</pre>
 */
public final class ConstantPad2d extends PadNd {

  private final double value;

  /** That many on all sides. */
  public ConstantPad2d(int padding, double value) {
    this(padding, padding, padding, padding, value);
  }

  /** That many on each side, in PyTorch's order. */
  public ConstantPad2d(int left, int right, int top, int bottom, double value) {
    super(left, right, top, bottom);
    this.value = value;
  }

  @Override
  protected String describe() {
    return super.describe() + ", value " + value;
  }

  @Override
  Tensor padded(Tensor x, int[] before, int[] after) {
    return x.pad(before, after, new int[4], value);
  }

  @Override
  public Form form() {
    return super.form().with("value", value);
  }
}
