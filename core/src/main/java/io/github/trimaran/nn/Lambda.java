package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * A function as a layer, for a step of a {@link Sequential} that has no parameters.
 *
 * <pre>{@code
 * Layer centred = new Lambda(x -> x.sub(0.5));
 * Layer last = new Lambda("last step", x -> x.select(1, -1));
 * }</pre>
 */
public final class Lambda extends Layer {

  private final String what;
  private final UnaryOperator<Tensor> function;

  /** That function. */
  public Lambda(UnaryOperator<Tensor> function) {
    this("", function);
  }

  /** That function, with a word on what it does for the printed model. */
  public Lambda(String what, UnaryOperator<Tensor> function) {
    this.what = what;
    this.function = function;
  }

  @Override
  protected String describe() {
    return what;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return function.apply(x);
  }
}
