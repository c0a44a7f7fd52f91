package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.tensor.Tensor;
import java.util.function.UnaryOperator;

/** How the parts of a transformer's layer are put together, and its feed-forward part. */
record Sublayers(
    boolean normFirst, Linear widen, Layer activation, Linear narrow, Dropout dropout) {

  /** {@code x + part(norm(x))}, or {@code norm(x + part(x))}. */
  Tensor residual(Tensor x, LayerNorm norm, UnaryOperator<Tensor> part, Mode mode) {
    if (normFirst) {
      return x.add(dropout.forward(part.apply(norm.forward(x, mode)), mode));
    }
    return norm.forward(x.add(dropout.forward(part.apply(x), mode)), mode);
  }

  Tensor feedForward(Tensor x, Mode mode) {
    Tensor inside =
        activation instanceof ReLU && !mode.isObserved()
            ? widen.forwardRelu(x, mode)
            : activation.forward(widen.forward(x, mode), mode);
    return narrow.forward(dropout.forward(inside, mode), mode);
  }
}
