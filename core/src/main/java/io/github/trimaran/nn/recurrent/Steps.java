package io.github.trimaran.nn.recurrent;

import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The steps of a sequence as tensors of their own. */
final class Steps {

  private Steps() {}

  /**
   * {@code [T, N, D]} to T times {@code [N, D]}. It halves the sequence again and again: the
   * gradient of a part is as large as what it was taken from, and T parts of the whole would make
   * the backward pass quadratic in T.
   */
  static List<Tensor> of(Tensor sequence) {
    List<Tensor> steps = new ArrayList<>(sequence.shape().dim(0));
    addTo(steps, sequence);
    return steps;
  }

  private static void addTo(List<Tensor> steps, Tensor part) {
    int count = part.shape().dim(0);
    if (count == 1) {
      steps.add(part.reshape(part.shape().without(0)));
    } else {
      addTo(steps, part.narrow(0, 0, count / 2));
      addTo(steps, part.narrow(0, count / 2, count - count / 2));
    }
  }
}
