package io.github.trimaran.nn.recurrent;

import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * An {@link RNN}, {@link LSTM} or {@link GRU} as a function of one tensor to one, to stand in a
 * {@link Sequential}: Keras' {@code LSTM(32)}, and {@code LSTM(32, return_sequences=True)}.
 *
 * <pre>{@code
 * Sequential rating = new Sequential(
 *     new Embedding(10_000, 16),                                      // [N, T] -> [N, T, 16]
 *     RecurrentLayer.sequences(new LSTM(16, 32).batchFirst()),        // [N, T, 32]
 *     RecurrentLayer.last(new GRU(32, 8).batchFirst()),               // [N, 8]
 *     new Linear(8, 1));
 * }</pre>
 *
 * <p>States are first 0. What is inside is called {@code recurrence}. Sequences that are padded to
 * one length need a {@link io.github.trimaran.nn.Model} of one's own, which hands their lengths to
 * {@link RNNBase#forwardPadded}.
 */
public final class RecurrentLayer extends Layer {

  private final RNNBase<?, ?> recurrence;
  private final boolean sequences;

  private RecurrentLayer(RNNBase<?, ?> recurrence, boolean sequences) {
    this.recurrence = child("recurrence", recurrence);
    this.sequences = sequences;
  }

  /**
   * What the uppermost layer ends with: its state after the last step, and beside it, going both
   * ways, that after the first step of going backward. {@code [T, N, D]}, or {@code [N, T, D]} if
   * the batch comes first, {@code -> [N, directions H]}.
   */
  public static RecurrentLayer last(RNNBase<?, ?> recurrence) {
    return new RecurrentLayer(recurrence, false);
  }

  /**
   * The uppermost layer's state after each step: {@code [T, N, D] -> [T, N, directions H]}, or with
   * N before T if the batch comes first.
   */
  public static RecurrentLayer sequences(RNNBase<?, ?> recurrence) {
    return new RecurrentLayer(recurrence, true);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    List<Tensor> results = recurrence.forward(x, mode).tensors();
    if (sequences) {
      return results.get(0);
    }
    Tensor states = results.get(1);
    int ways = recurrence.settings().directions();
    return Tensor.concat(states.narrow(0, -ways, ways).unbind(0), -1);
  }

  @Override
  protected String describe() {
    return sequences ? "each step" : "last state";
  }

  @Override
  public Form form() {
    return Form.of("recurrence", recurrence).with("sequences", sequences, false);
  }
}
