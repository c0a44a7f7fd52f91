package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** All axes but the first into one, {@code [N, ...] -> [N, D]}. */
public final class Flatten extends Layer {

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (x.shape().rank() < 1) {
      throw new IllegalArgumentException("flatten: input must be [N, ...], is " + x.shape());
    }
    int[] extents = x.shape().dims();
    int features = 1;
    for (int axis = 1; axis < extents.length; axis++) {
      features *= extents[axis];
    }
    return x.reshape(extents[0], features);
  }
}
