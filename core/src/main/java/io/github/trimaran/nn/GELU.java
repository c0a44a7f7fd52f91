package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * The Gaussian error linear unit (Hendrycks and Gimpel 2016, section 2), in its tanh form or exact.
 *
 * <pre>{@code
 * Layer block = new Sequential(new Linear(128, 512), new GELU(), new Linear(512, 128));
 * Layer exact = GELU.exact();    // PyTorch's nn.GELU()
 * }</pre>
 *
 * <pre>
 * new GELU():    x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
 * GELU.exact():  x Phi(x) = x / 2 (1 + erf(x / sqrt(2)))
 * </pre>
 *
 * <p>The default is not PyTorch's: it is the tanh form here, which GPT-2 was trained with, and the
 * exact one there. They differ by less than 0.0005, such as at 1, where they are 0.841192 and
 * 0.841345. A network whose weights come from elsewhere needs the form that it was trained with.
 */
public final class GELU extends Layer {

  private final boolean exact;

  private GELU(boolean exact) {
    this.exact = exact;
  }

  /** The tanh form, PyTorch's {@code nn.GELU(approximate="tanh")}. */
  public GELU() {
    this(false);
  }

  /** The exact form, PyTorch's {@code nn.GELU()}. */
  public static GELU exact() {
    return new GELU(true);
  }

  @Override
  protected String describe() {
    return exact ? "exact" : "";
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return exact ? x.geluExact() : x.gelu();
  }

  @Override
  public Form form() {
    return Form.none().with("approximate", exact ? "none" : "tanh", "tanh");
  }
}
