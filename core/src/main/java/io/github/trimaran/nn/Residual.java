package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * {@code body(x) + shortcut(x)}, where the shortcut is the identity unless given (He et al. 2016).
 * Parts are called {@code body} and {@code shortcut}. A body that ends in a convolution with bias,
 * as one whose batch norms are folded does, is computed with the addition, and with a {@link ReLU}
 * directly behind, in one pass where the backend can.
 *
 * <pre>{@code
 * Layer block = new Residual(new Sequential(new Conv2d(16, 16, 3).padding(1), new ReLU()));
 * Layer wider = new Residual(new Conv2d(16, 32, 3).padding(1), new Conv2d(16, 32, 1));
 * }</pre>
 */
public final class Residual extends Layer {

  private final Layer body;
  private final Layer shortcut;

  /** With the identity as shortcut: the body must keep the shape. */
  public Residual(Layer body) {
    this(body, new Identity());
  }

  /** With a shortcut that fits the input to the body's output, such as a 1 x 1 convolution. */
  public Residual(Layer body, Layer shortcut) {
    this.body = child("body", body);
    this.shortcut = child("shortcut", shortcut);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return sum(x, mode, false);
  }

  @Override
  protected Tensor computeRelu(Tensor x, Mode mode) {
    return sum(x, mode, true);
  }

  private Tensor sum(Tensor x, Mode mode, boolean relu) {
    Tensor skipped = shortcut.forward(x, mode);
    if (body.addsInOnePass() && !mode.isObserved()) {
      return body.forwardAdded(x, skipped, relu, mode);
    }
    Tensor y = body.forward(x, mode);
    if (!y.shape().equals(skipped.shape())) {
      throw new IllegalArgumentException(
          "residual: body gives " + y.shape() + ", shortcut " + skipped.shape());
    }
    Tensor sum = y.add(skipped);
    return relu ? sum.relu() : sum;
  }

  @Override
  public Form form() {
    return Form.of("body", body).with("shortcut", shortcut);
  }
}
