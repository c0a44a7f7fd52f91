package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code min(max(x, low), high)}; its derivative at the bounds is 0, as in PyTorch.
 *
 * <pre>{@code
 * Layer activation = new Hardtanh();
 * Layer pixels = new Hardtanh(0, 255);
 * }</pre>
 */
public final class Hardtanh extends Layer {

  private final double low;
  private final double high;

  /** From -1 to 1. */
  public Hardtanh() {
    this(-1, 1);
  }

  /**
   * Between these bounds.
   *
   * @throws IllegalArgumentException if {@code low} is not below {@code high}
   */
  public Hardtanh(double low, double high) {
    if (!(low < high)) {
      throw error("the lower bound must be below the upper, are " + low + " and " + high);
    }
    this.low = low;
    this.high = high;
  }

  @Override
  protected String describe() {
    return low + ", " + high;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return between(x, low, high);
  }

  /** {@link Tensor#clamp} would pass the gradient on at the bounds too. */
  static Tensor between(Tensor x, double low, double high) {
    Tensor inside = x.greater(low).logicalAnd(x.less(high));
    return Tensor.where(inside, x, x.detach().clamp(low, high));
  }

  @Override
  public Form form() {
    return Form.of("low", low).with("high", high);
  }
}
