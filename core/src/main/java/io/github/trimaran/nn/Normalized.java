package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/** What the normalisations of parts of a sample share. */
final class Normalized {

  private Normalized() {}

  /** Checks that the input ends in the extents that are normalised. */
  static void requireEnd(Model layer, Tensor x, Shape normalized) {
    int lead = x.shape().rank() - normalized.rank();
    boolean fits = lead >= 0;
    for (int i = 0; fits && i < normalized.rank(); i++) {
      fits = x.shape().dim(lead + i) == normalized.dim(i);
    }
    if (!fits) {
      String end = normalized.toString().substring(1);
      throw layer.error("input must be [..., " + end + ", is " + x.shape());
    }
  }

  /** Checks that the input is {@code [N, channels, ...]}. */
  static void requireChannels(Model layer, Tensor x, int channels) {
    if (x.shape().rank() < 2 || x.shape().dim(1) != channels) {
      throw layer.error("input must be [N, " + channels + ", ...], is " + x.shape());
    }
  }

  /** One number a channel, to be broadcast over {@code [N, C, ...]}. */
  static Tensor perChannel(Variable values, Tensor x) {
    int[] extents = new int[x.shape().rank() - 1];
    java.util.Arrays.fill(extents, 1);
    extents[0] = values.shape().size();
    return values.tensor().reshape(Shape.of(extents));
  }
}
