package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Variable;
import io.github.trimaran.tensor.Tensor;

/** The maps of queries, keys and values, and their parting among heads. */
final class InputMaps {

  private final int heads;
  private final boolean batchFirst;
  private final Variable bias;
  private final Variable[] weights;

  /**
   * The maps.
   *
   * @param bias {@code [3 E]}, or null
   * @param weights one {@code [3 E, E]}, or three {@code [E, K]}
   */
  InputMaps(int heads, boolean batchFirst, Variable bias, Variable... weights) {
    this.heads = heads;
    this.batchFirst = batchFirst;
    this.bias = bias;
    this.weights = weights;
  }

  /**
   * Queries, keys and values {@code [N, heads, T, E / heads]}. What is one tensor is mapped once.
   */
  Tensor[] apply(Tensor query, Tensor key, Tensor value) {
    boolean oneWeight = weights.length == 1;
    if (oneWeight && query == key && key == value) {
      return mapped(query, 0, 3);
    }
    Tensor q = mapped(query, 0, 1)[0];
    if (oneWeight && key == value) {
      Tensor[] both = mapped(key, 1, 2);
      return new Tensor[] {q, both[0], both[1]};
    }
    return new Tensor[] {q, mapped(key, 1, 1)[0], mapped(value, 2, 1)[0]};
  }

  /** The {@code count} maps from {@code first} on, in one product. */
  private Tensor[] mapped(Tensor x, int first, int count) {
    Tensor weight = weight(first, count);
    int outer = x.shape().dim(0);
    int inner = x.shape().dim(1);
    Tensor rows = x.reshape(outer * inner, x.shape().dim(2));
    Tensor maps =
        bias == null ? rows.matmul(weight.mT()) : rows.linear(weight, part(bias, first, count));
    int width = weight.shape().dim(0) / count;
    Tensor apart = maps.reshape(outer, inner, count, heads, width / heads);
    Tensor headsFirst = batchFirst ? apart.permute(2, 0, 3, 1, 4) : apart.permute(2, 1, 3, 0, 4);
    Tensor[] parts = new Tensor[count];
    for (int i = 0; i < count; i++) {
      parts[i] = headsFirst.select(0, i);
    }
    return parts;
  }

  private Tensor weight(int first, int count) {
    return weights.length == 1 ? part(weights[0], first, count) : weights[first].tensor();
  }

  private static Tensor part(Variable all, int first, int count) {
    int width = all.shape().dim(0) / 3;
    return count == 3 ? all.tensor() : all.tensor().narrow(0, first * width, count * width);
  }
}
