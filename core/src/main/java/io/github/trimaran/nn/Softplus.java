package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * A smooth ReLU, {@code log(1 + exp(beta x)) / beta}; {@code x} itself where {@code beta x} is
 * above the threshold (Dugas et al. 2001).
 *
 * <pre>{@code
 * Layer positive = new Softplus();
 * Layer sharper = new Softplus(4).threshold(30);
 * }</pre>
 */
public final class Softplus extends Layer {

  private final double beta;
  private final double threshold;

  private Softplus(double beta, double threshold) {
    if (!(beta > 0)) {
      throw error("beta must be above 0, is " + beta);
    }
    this.beta = beta;
    this.threshold = threshold;
  }

  /** With beta 1 and threshold 20. */
  public Softplus() {
    this(1);
  }

  /** With that beta: the larger, the nearer to ReLU. */
  public Softplus(double beta) {
    this(beta, 20);
  }

  /** The same with another threshold. */
  public Softplus threshold(double newThreshold) {
    return new Softplus(beta, newThreshold);
  }

  @Override
  protected String describe() {
    return "beta " + beta + ", threshold " + threshold;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return of(x, beta, threshold);
  }

  /** The exponential never sees what is above the threshold. */
  static Tensor of(Tensor x, double beta, double threshold) {
    Tensor scaled = x.mul(beta);
    Tensor above = scaled.greater(threshold);
    return Tensor.where(above, x, scaled.maskedFill(above, 0).exp().log1p().mul(1 / beta));
  }

  @Override
  public Form form() {
    return Form.of("beta", beta).with("threshold", threshold);
  }
}
