package io.github.trimaran.vision.visualize;

import io.github.trimaran.tensor.Tensor;

/** The score of one class, by its index from 0. */
final class ClassScore {

  private ClassScore() {}

  /**
   * {@code [N, C] -> [N, 1]}. A negative index is refused, although tensors count it from the end:
   * no class has it.
   */
  static Tensor of(Tensor scores, int classIndex) {
    if (classIndex < 0) {
      throw new IllegalArgumentException(
          "class must be at least 0, is " + classIndex + " (scores " + scores.shape() + ")");
    }
    return scores.narrow(1, classIndex, 1);
  }
}
