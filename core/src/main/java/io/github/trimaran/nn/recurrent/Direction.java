package io.github.trimaran.nn.recurrent;

import io.github.trimaran.nn.Variable;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The weights of one layer in one direction.
 *
 * @param inputWeight {@code [gates H, D]}
 * @param hiddenWeight {@code [gates H, H]}
 * @param inputBias {@code [gates H]}, or null
 * @param hiddenBias {@code [gates H]}, or null
 * @param backward whether it goes from a sequence's end to its start
 */
record Direction(
    Variable inputWeight,
    Variable hiddenWeight,
    Variable inputBias,
    Variable hiddenBias,
    boolean backward) {

  /** Those that there are, as one operation for all steps takes them. */
  List<Tensor> weights() {
    return Stream.of(inputWeight, hiddenWeight, inputBias, hiddenBias)
        .filter(Objects::nonNull)
        .map(Variable::tensor)
        .toList();
  }

  /** All steps' share of the input at once: {@code [T, N, D] -> [T, N, gates H]}. */
  Tensor ofInput(Tensor x) {
    int steps = x.shape().dim(0);
    Tensor rows = x.reshape(steps * x.shape().dim(1), x.shape().dim(2));
    return affine(rows, inputWeight, inputBias).reshape(steps, x.shape().dim(1), -1);
  }

  /** One step's share of the state: {@code [N, H] -> [N, gates H]}. */
  Tensor ofState(Tensor hidden) {
    return affine(hidden, hiddenWeight, hiddenBias);
  }

  private static Tensor affine(Tensor x, Variable weight, Variable bias) {
    return bias == null ? x.matmul(weight.tensor().mT()) : x.linear(weight.tensor(), bias.tensor());
  }
}
