package io.github.trimaran.nn.recurrent;

import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; with forget gate, Gers et al. 2000), as
 * PyTorch has it. A step with the input x and the state h, c:
 *
 * <pre>
 * i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)     f, o likewise
 * g = tanh(W_ig x + b_ig + W_hg h + b_hg)
 * c' = f c + i g
 * h' = o tanh(c')
 * </pre>
 *
 * <pre>{@code
 * LSTM lstm = new LSTM(8, 16).layers(2);
 * lstm.init(backend, DType.FLOAT32, Rng.seeded(29));
 * LSTM.Output first = lstm.forward(x, mode);                                     // x [T, N, 8]
 * LSTM.Output next = lstm.forward(more, first.hidden(), first.cell(), mode);     // goes on
 * }</pre>
 *
 * <p>The rows of the weights are those of i, f, g and o. Shapes, parameters, settings and padded
 * sequences: see {@link RNNBase}.
 */
public final class LSTM extends RNNBase<LSTM, LSTM.Output> {

  private static final int GATES = 4;

  /**
   * What an LSTM gives.
   *
   * @param output the last layer's h after every step, {@code [T, N, directions H]}, or {@code [N,
   *     T, directions H]} if the batch comes first
   * @param hidden each layer's h after its last step, {@code [layers directions, N, H]}
   * @param cell each layer's c after its last step, of the same shape
   */
  public record Output(Tensor output, Tensor hidden, Tensor cell) implements Model.Outputs {

    @Override
    public List<Tensor> tensors() {
      return List.of(output, hidden, cell);
    }
  }

  private LSTM(RecurrentSettings settings) {
    super(settings, GATES);
  }

  /** Of one layer, from {@code inputs} numbers a step to states of {@code hidden} numbers. */
  public LSTM(int inputs, int hidden) {
    this(RecurrentSettings.of("LSTM", inputs, hidden));
  }

  @Override
  LSTM with(RecurrentSettings changed) {
    return new LSTM(changed);
  }

  /**
   * Goes through the sequences from these states.
   *
   * @param hidden the first h, {@code [layers directions, N, H]}
   * @param cell the first c, of the same shape
   */
  public Output forward(Tensor x, Tensor hidden, Tensor cell, Mode mode) {
    return goThrough(x, null, List.of(hidden, cell), mode);
  }

  /** The same where sequences are padded at their ends; {@code lengths} is INT64 {@code [N]}. */
  public Output forwardPadded(Tensor x, Tensor lengths, Tensor hidden, Tensor cell, Mode mode) {
    return goThrough(x, lengths, List.of(hidden, cell), mode);
  }

  @Override
  List<Tensor> step(Tensor input, List<Tensor> state, Direction way) {
    Tensor gates = input.add(way.ofState(state.get(0)));
    int width = gates.shape().dim(1) / GATES;
    Tensor i = gates.narrow(1, 0, width).sigmoid();
    Tensor f = gates.narrow(1, width, width).sigmoid();
    Tensor g = gates.narrow(1, 2 * width, width).tanh();
    Tensor o = gates.narrow(1, 3 * width, width).sigmoid();
    Tensor cell = f.mul(state.get(1)).add(i.mul(g));
    return List.of(o.mul(cell.tanh()), cell);
  }

  @Override
  Recurrence.Cell cell() {
    return Recurrence.Cell.LSTM;
  }

  @Override
  String gates() {
    return "ifgo";
  }

  @Override
  Output output(Tensor output, List<Tensor> states) {
    return new Output(output, states.get(0), states.get(1));
  }

  @Override
  List<String> stateNames() {
    return List.of("hidden", "cell");
  }
}
