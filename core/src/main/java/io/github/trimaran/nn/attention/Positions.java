package io.github.trimaran.nn.attention;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/** What layers that add a vector to each position have in common. */
final class Positions {

  private Positions() {}

  /** How many steps the sequences have. */
  static int steps(String kind, Shape x, int width, boolean batchFirst) {
    if (x.rank() != 3 || x.dim(2) != width) {
      throw new IllegalArgumentException(
          kind + ": input must be " + (batchFirst ? "[N, T, " : "[T, N, ") + width + "], is " + x);
    }
    return x.dim(batchFirst ? 1 : 0);
  }

  /** {@code x} with {@code vectors [T, E]} added to each sequence. */
  static Tensor added(Tensor x, Tensor vectors, boolean batchFirst) {
    return x.add(batchFirst ? vectors : vectors.unsqueeze(1));
  }
}
