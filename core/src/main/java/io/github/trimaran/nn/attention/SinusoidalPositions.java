package io.github.trimaran.nn.attention;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.tensor.Tensor;

/**
 * Adds waves that tell positions apart (Vaswani et al. 2017, section 3.5), for sequences of any
 * length: {@code [T, N, E] -> [T, N, E]}, or {@code [N, T, E]} after {@link #batchFirst}.
 *
 * <pre>
 * P[t, 2i] = sin(t / 10000^(2i / E))     P[t, 2i + 1] = cos(t / 10000^(2i / E))
 * </pre>
 *
 * <pre>{@code
 * Layer positions = new SinusoidalPositions(128).batchFirst();
 * Tensor x = positions.forward(words.forward(tokens, mode), mode);
 * }</pre>
 */
public final class SinusoidalPositions extends Layer {

  private static final double BASE = 10_000;

  private final int width;
  private final boolean batchFirst;

  private SinusoidalPositions(int width, boolean batchFirst) {
    if (width < 1) {
      throw error("width must be at least 1, is " + width);
    }
    this.width = width;
    this.batchFirst = batchFirst;
  }

  /** Of vectors of that width. */
  public SinusoidalPositions(int width) {
    this(width, false);
  }

  /** The same for {@code [N, T, E]}. */
  public SinusoidalPositions batchFirst() {
    return new SinusoidalPositions(width, true);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    int steps = Positions.steps(kind(), x.shape(), width, batchFirst);
    HostArray waves = HostArray.zeros(Shape.of(steps, width), x.dtype());
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < width; i++) {
        double angle = t * Math.pow(BASE, -(i - i % 2) / (double) width);
        waves.set(t * width + i, i % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return Positions.added(x, Tensor.of(x.backend(), waves), batchFirst);
  }

  @Override
  protected String describe() {
    return width + (batchFirst ? ", batch first" : "");
  }

  @Override
  public Form form() {
    return Form.of("width", width).with("batch_first", batchFirst, false);
  }
}
