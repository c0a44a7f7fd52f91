package io.github.trimaran.nn.attention;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Scaled dot-product attention (Vaswani et al. 2017, equation 1): each query takes the mean of the
 * values, weighted by how well their keys fit it.
 *
 * <pre>
 * attention(Q, K, V) = softmax(Q K^T / sqrt(D)) V
 * </pre>
 *
 * <pre>{@code
 * Tensor y = Attention.scaledDotProduct(q, k, v, AttentionMask.causal());
 * }</pre>
 *
 * <p>Queries are {@code [..., T, D]}, keys {@code [..., S, D]}, values {@code [..., S, E]} and the
 * result {@code [..., T, E]}; leading axes, such as those of samples and heads, are equal.
 */
public final class Attention {

  private Attention() {}

  /**
   * What attention gives.
   *
   * @param output {@code [..., T, E]}
   * @param weights of each query the keys' weights, {@code [..., T, S]}
   */
  public record Output(Tensor output, Tensor weights) implements Model.Outputs {

    @Override
    public List<Tensor> tensors() {
      return List.of(output, weights);
    }
  }

  /** Every query attends to every key. */
  public static Tensor scaledDotProduct(Tensor query, Tensor key, Tensor value) {
    return scaledDotProduct(query, key, value, AttentionMask.none());
  }

  /**
   * Queries attend to the keys that the mask allows.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public static Tensor scaledDotProduct(
      Tensor query, Tensor key, Tensor value, AttentionMask mask) {
    return withWeights(query, key, value, mask, weights -> weights).output();
  }

  /**
   * The same, giving the weights too.
   *
   * @param dropout what is done with the weights before they are used
   */
  static Output withWeights(
      Tensor query, Tensor key, Tensor value, AttentionMask mask, UnaryOperator<Tensor> dropout) {
    requireShapes(query.shape(), key.shape(), value.shape());
    Tensor scaled = query.mul(1 / Math.sqrt(query.shape().dim(-1)));
    Tensor scores = scaled.matmul(key.mT());
    Tensor weights = dropout.apply(mask.on(scores).weights());
    return new Output(weights.matmul(value), weights);
  }

  private static void requireShapes(Shape query, Shape key, Shape value) {
    int rank = query.rank();
    boolean fit =
        rank >= 2
            && key.rank() == rank
            && value.rank() == rank
            && key.dim(-1) == query.dim(-1)
            && value.dim(-2) == key.dim(-2)
            && query.without(rank - 2, rank - 1).equals(key.without(rank - 2, rank - 1))
            && query.without(rank - 2, rank - 1).equals(value.without(rank - 2, rank - 1));
    if (!fit || key.isEmpty()) {
      throw new IllegalArgumentException(
          "attention: must be queries [..., T, D], keys [..., S, D] and values [..., S, E], of one"
              + " leading shape and S at least 1, are "
              + query
              + ", "
              + key
              + " and "
              + value);
    }
  }
}
