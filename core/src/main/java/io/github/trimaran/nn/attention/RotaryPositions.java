package io.github.trimaran.nn.attention;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.tensor.Tensor;

/**
 * Turns pairs of numbers by angles that grow with the position, so that the product of a query and
 * a key depends on how far apart they are (Su et al. 2021, "RoFormer", equation 34): {@code [...,
 * T, D] -> [..., T, D]}. At position t the pair i is turned by {@code t / base^(2 i / D)}:
 *
 * <pre>
 * y1 = x1 cos a - x2 sin a
 * y2 = x1 sin a + x2 cos a
 * </pre>
 *
 * <pre>{@code
 * MultiHeadAttention attention =
 *     new MultiHeadAttention(128, 4).rotary(new RotaryPositions(128 / 4)).batchFirst();
 * }</pre>
 *
 * <p>The pairs are neighbours, {@code (x[2i], x[2i+1])}, as in the paper; after {@link #halves}
 * they are {@code (x[i], x[i + D/2])}, as in GPT-NeoX and in the weights of LLaMA for Hugging Face.
 */
public final class RotaryPositions extends Layer {

  private final int width;
  private final double base;
  private final boolean halves;

  private RotaryPositions(int width, double base, boolean halves) {
    if (width < 2 || width % 2 != 0) {
      throw error("the width must be even and at least 2, is " + width);
    }
    if (!(base > 1)) {
      throw error("base must be above 1, is " + base);
    }
    this.width = width;
    this.base = base;
    this.halves = halves;
  }

  /** Of vectors of that even width, base 10,000. */
  public RotaryPositions(int width) {
    this(width, 10_000, false);
  }

  /** The same with another base: the larger, the slower the last pairs turn. */
  public RotaryPositions base(double value) {
    return new RotaryPositions(width, value, halves);
  }

  /** The same with pairs of the first and the second half. */
  public RotaryPositions halves() {
    return new RotaryPositions(width, base, true);
  }

  /** The extent of the last axis. */
  int width() {
    return width;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Shape shape = x.shape();
    if (shape.rank() < 2 || shape.dim(-1) != width) {
      throw error("input must be [..., T, " + width + "], is " + shape);
    }
    int steps = shape.dim(-2);
    HostArray cos = HostArray.zeros(Shape.of(steps, width), x.dtype());
    HostArray sin = HostArray.zeros(Shape.of(steps, width), x.dtype());
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < width / 2; i++) {
        double angle = t * Math.pow(base, -2.0 * i / width);
        int first = t * width + (halves ? i : 2 * i);
        int second = first + (halves ? width / 2 : 1);
        cos.set(first, Math.cos(angle));
        cos.set(second, Math.cos(angle));
        sin.set(first, -Math.sin(angle));
        sin.set(second, Math.sin(angle));
      }
    }
    return x.mul(Tensor.of(x.backend(), cos)).add(swapped(x).mul(Tensor.of(x.backend(), sin)));
  }

  /** The numbers of each pair exchanged. */
  private Tensor swapped(Tensor x) {
    int rows = x.shape().size() / width;
    Tensor pairs = halves ? x.reshape(rows, 2, width / 2) : x.reshape(rows, width / 2, 2);
    return pairs.flip(halves ? 1 : 2).reshape(x.shape());
  }

  @Override
  protected String describe() {
    return width + ", base " + base + (halves ? ", halves" : "");
  }

  @Override
  public Form form() {
    return Form.of("width", width).with("base", base).with("halves", halves, false);
  }
}
