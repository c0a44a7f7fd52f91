package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x} above 0 and {@code alpha (exp(x / alpha) - 1)} from 0 down: an {@link ELU} whose
 * derivative has no step (Barron 2017).
 *
 * <pre>{@code
 * Layer activation = new CELU(2);
 * }</pre>
 */
public final class CELU extends Layer {

  private final double alpha;

  /** With alpha 1. */
  public CELU() {
    this(1);
  }

  /**
   * That tends to {@code -alpha}.
   *
   * @throws IllegalArgumentException if alpha is 0
   */
  public CELU(double alpha) {
    if (alpha == 0) {
      throw error("alpha must not be 0");
    }
    this.alpha = alpha;
  }

  @Override
  protected String describe() {
    return "alpha " + alpha;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return ELU.of(x, alpha, alpha);
  }

  @Override
  public Form form() {
    return Form.of("alpha", alpha);
  }
}
