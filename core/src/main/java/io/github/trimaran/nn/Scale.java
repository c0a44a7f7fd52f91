package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * Multiplies by a constant: {@code y = factor x}. Below 1 on logits, it keeps a softmax from
 * saturating.
 *
 * <pre>{@code
 * Layer head = new Sequential(new Linear(256, 10), new Scale(1.0 / 9));
 * }</pre>
 */
public final class Scale extends Layer {

  private final double factor;

  /** By that factor. */
  public Scale(double factor) {
    this.factor = factor;
  }

  @Override
  protected String describe() {
    return Double.toString(factor);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return x.mul(factor);
  }

  @Override
  public Form form() {
    return Form.of("factor", factor);
  }
}
