package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/** A layer that can apply a following ReLU in the same pass. */
interface ReluFusing {

  /** The layer's function followed by ReLU. */
  Tensor computeRelu(Tensor x);
}
