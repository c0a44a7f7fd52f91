package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code log(1 / (1 + exp(-x)))}, without overflow and without loss of digits.
 *
 * <pre>{@code
 * Tensor logProbability = new LogSigmoid().forward(logits);
 * }</pre>
 */
public final class LogSigmoid extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Tensor below = x.less(0);
    // min(x, 0) and -|x|, with the same derivative from the right at 0, so that they add up.
    Tensor negative = Tensor.where(below, x, x.neg());
    return Tensor.where(below, x, x.mul(0)).sub(negative.exp().log1p());
  }
}
