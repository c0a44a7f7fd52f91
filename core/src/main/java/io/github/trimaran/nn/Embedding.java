package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Indices;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * A table of vectors, one for each token of a vocabulary: INT64 {@code [...] -> [..., D]}.
 *
 * <pre>{@code
 * Embedding words = new Embedding(10_000, 64).paddingIndex(0);
 * words.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor vectors = words.forward(Tensor.of(backend, new long[] {5, 17, 0, 0}, 1, 4)); // [1, 4, 64]
 * }</pre>
 *
 * <p>The parameter {@code weight [V, D]} is first drawn as PyTorch does: normal with mean 0 and
 * variance 1. The row of the padding index, if there is one, is first 0 and gets no gradient, so
 * that no optimiser moves it. A token that is not from 0 to {@code V - 1} is refused.
 */
public final class Embedding extends Layer {

  private static final int NO_PADDING = -1;

  private final int tokens;
  private final int width;
  private final int padding;
  private final Initializer init;
  private final Variable weight;

  private Embedding(int tokens, int width, int padding, Initializer init) {
    if (tokens < 1 || width < 1) {
      throw error("tokens and width must be at least 1, are " + tokens + " and " + width);
    }
    this.tokens = tokens;
    this.width = width;
    this.padding = padding;
    this.init = init;
    weight =
        parameter(
            "weight",
            Parameter.Role.WEIGHT,
            Shape.of(tokens, width),
            (shape, rng) -> withoutPadding(init.draw(shape, rng)));
  }

  /** Of that many tokens, each a vector of {@code width} numbers. */
  public Embedding(int tokens, int width) {
    this(tokens, width, NO_PADDING, Initializers.normal(1));
  }

  /**
   * The same with a token that stands for nothing, such as the filling of short sentences.
   *
   * @throws IllegalArgumentException if it is not from 0 to {@code V - 1}
   */
  public Embedding paddingIndex(int token) {
    requireNotInitialised("paddingIndex");
    if (token < 0 || token >= tokens) {
      throw error("padding index must be from 0 to " + (tokens - 1) + ", is " + token);
    }
    return new Embedding(tokens, width, token, init);
  }

  /** The same with other first vectors. */
  public Embedding weightInit(Initializer initializer) {
    requireNotInitialised("weightInit");
    return new Embedding(tokens, width, padding, initializer);
  }

  /** {@code [V, D]}. */
  public Variable weight() {
    return weight;
  }

  private double[] withoutPadding(double[] values) {
    if (padding != NO_PADDING) {
      Arrays.fill(values, padding * width, (padding + 1) * width, 0);
    }
    return values;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (x.dtype() != DType.INT64) {
      throw error("tokens must be INT64, are " + x.dtype() + " " + x.shape() + "; cast them");
    }
    Tensor rows = x.reshape(x.shape().size());
    Tensor vectors = lookUp(rows, x);
    if (padding != NO_PADDING) {
      vectors = Tensor.where(rows.eq(padding).unsqueeze(1), vectors.detach(), vectors);
    }
    int[] extents = Arrays.copyOf(x.shape().dims(), x.shape().rank() + 1);
    extents[x.shape().rank()] = width;
    return vectors.reshape(Shape.of(extents));
  }

  private Tensor lookUp(Tensor rows, Tensor given) {
    try {
      return weight.tensor().indexSelect(0, rows);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Embedding: token "
              + Indices.firstOutside(given, tokens).orElseThrow(() -> e)
              + " is not from 0 to "
              + (tokens - 1)
              + "; make the vocabulary larger, or map unknown tokens to one of it",
          e);
    }
  }

  @Override
  protected String describe() {
    return tokens + ", " + width + (padding == NO_PADDING ? "" : ", padding index " + padding);
  }

  @Override
  public Form form() {
    return Form.of("tokens", tokens)
        .with("width", width)
        .with("padding_index", padding, NO_PADDING);
  }
}
