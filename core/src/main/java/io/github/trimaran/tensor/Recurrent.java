package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer of a recurrent network in one operation, where the backend has that.
 *
 * <pre>{@code
 * Recurrence layer = new Recurrence(Recurrence.Cell.GRU, "rzn", Recurrence.Way.FORWARD, false);
 * Optional<List<Tensor>> fused =          // a and b are W and R
 *     Recurrent.fused(x, List.of(a, b), List.of(start), lengths, layer);
 * }</pre>
 */
public final class Recurrent {

  private static final String NAME = "recurrent";

  private Recurrent() {}

  /**
   * The layer's results; nothing where the backend does not fuse it or gradients are recorded, and
   * the caller goes through the steps. Operands and results are those of {@link
   * io.github.trimaran.backend.FusedOperations#recurrent}.
   *
   * @param lengths INT64 {@code [N]}, from 1 to T, which is not checked; null for full sequences
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public static Optional<List<Tensor>> fused(
      Tensor input, List<Tensor> weights, List<Tensor> states, Tensor lengths, Recurrence layer) {
    Shape output = check(input, weights, states, lengths, layer);
    List<Tensor> floats = new ArrayList<>(weights);
    floats.addAll(states);
    floats.add(input);
    if (Op.isRecorded(floats)) {
      return Optional.empty();
    }
    Backend<Object> backend = input.backend();
    return backend
        .recurrent(
            input.array(),
            arrays(weights),
            arrays(states),
            lengths == null ? List.of() : List.of(lengths.array()),
            layer)
        .map(results -> tensors(backend, results, output, states.get(0)));
  }

  private static List<Object> arrays(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::array).toList();
  }

  private static List<Tensor> tensors(
      Backend<Object> backend, List<Object> results, Shape output, Tensor state) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Shape shape = i == 0 ? output : state.shape();
      tensors.add(Op.constant(backend, results.get(i), shape, state.dtype()));
    }
    return tensors;
  }

  private static Shape check(
      Tensor input, List<Tensor> weights, List<Tensor> states, Tensor lengths, Recurrence layer) {
    Op.requireFloating(NAME, input);
    if (weights.size() != layer.directions() * layer.weights() || states.size() != layer.states()) {
      throw Op.error(NAME, layer + " has other numbers of weights or states", input);
    }
    if (input.shape().rank() != 3 || weights.get(1).shape().rank() != 2) {
      throw Op.error(NAME, "needs [T, N, D] and weights of a state", input, weights.get(1));
    }
    int batch = input.shape().dim(1);
    int hidden = weights.get(1).shape().dim(1);
    int rows = layer.gates().length() * hidden;
    List<Shape> each =
        List.of(
            Shape.of(rows, input.shape().dim(2)),
            Shape.of(rows, hidden),
            Shape.of(rows),
            Shape.of(rows));
    for (int i = 0; i < weights.size(); i++) {
      require(input, weights.get(i), each.get(i % layer.weights()));
    }
    for (Tensor state : states) {
      require(input, state, Shape.of(layer.directions(), batch, hidden));
    }
    if (lengths != null) {
      Op.requireDType(NAME, "lengths", lengths, DType.INT64);
      if (!lengths.shape().equals(Shape.of(batch))) {
        throw Op.error(NAME, "lengths must be one a sequence", input, lengths);
      }
    }
    return Shape.of(input.shape().dim(0), layer.directions(), batch, hidden);
  }

  private static void require(Tensor input, Tensor operand, Shape shape) {
    Op.commonDType(NAME, input, operand);
    if (!operand.shape().equals(shape)) {
      throw Op.error(NAME, "an operand must be " + shape, input, operand);
    }
  }
}
