package io.github.trimaran.nn.recurrent;

import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * What an {@link RNN} or a {@link GRU} gives.
 *
 * <pre>{@code
 * RecurrentOutput first = gru.forward(start, mode);
 * RecurrentOutput next = gru.forward(rest, first.hidden(), mode);
 * }</pre>
 *
 * @param output the last layer's state after every step, both directions side by side: {@code [T,
 *     N, directions H]}, or {@code [N, T, directions H]} if the batch comes first
 * @param hidden each layer's state after its last step, {@code [layers directions, N, H]}: the
 *     first layer forward, then backward, then the second layer
 */
public record RecurrentOutput(Tensor output, Tensor hidden) implements Model.Outputs {

  @Override
  public List<Tensor> tensors() {
    return List.of(output, hidden);
  }
}
