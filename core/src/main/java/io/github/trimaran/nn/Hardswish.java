package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code x relu6(x + 3) / 6}: {@link SiLU} of straight lines and a parabola (Howard et al. 2019,
 * section 5.2).
 *
 * <pre>{@code
 * Layer activation = new Hardswish();
 * }</pre>
 */
public final class Hardswish extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Tensor parabola = x.mul(x.add(3)).mul(1.0 / 6);
    Tensor joined = Tensor.where(x.greaterEqual(3), x, parabola);
    return joined.maskedFill(x.less(-3), 0);
  }
}
