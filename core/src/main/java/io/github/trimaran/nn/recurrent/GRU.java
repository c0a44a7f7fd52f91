package io.github.trimaran.nn.recurrent;

import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Gated recurrent units (Cho et al. 2014), as PyTorch has them. A step with the input x and the
 * state h:
 *
 * <pre>
 * r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)     z likewise
 * n = tanh(W_in x + b_in + r (W_hn h + b_hn))
 * h' = (1 - z) n + z h
 * </pre>
 *
 * <pre>{@code
 * GRU gru = new GRU(8, 16).batchFirst();
 * gru.init(backend, DType.FLOAT32, Rng.seeded(29));
 * RecurrentOutput y = gru.forwardPadded(x, lengths, mode);     // x [N, T, 8], lengths INT64 [N]
 * Tensor ofEachSequence = y.hidden().select(0, 0);             // [N, 16], at its own end
 * }</pre>
 *
 * <p>The rows of the weights are those of r, z and n. Shapes, parameters, settings and padded
 * sequences: see {@link RNNBase}.
 */
public final class GRU extends RNNBase<GRU, RecurrentOutput> {

  private static final int GATES = 3;

  private GRU(RecurrentSettings settings) {
    super(settings, GATES);
  }

  /** Of one layer, from {@code inputs} numbers a step to states of {@code hidden} numbers. */
  public GRU(int inputs, int hidden) {
    this(RecurrentSettings.of("GRU", inputs, hidden));
  }

  @Override
  GRU with(RecurrentSettings changed) {
    return new GRU(changed);
  }

  /**
   * Goes through the sequences from these states.
   *
   * @param hidden the first h, {@code [layers directions, N, H]}
   */
  public RecurrentOutput forward(Tensor x, Tensor hidden, Mode mode) {
    return goThrough(x, null, List.of(hidden), mode);
  }

  /** The same where sequences are padded at their ends; {@code lengths} is INT64 {@code [N]}. */
  public RecurrentOutput forwardPadded(Tensor x, Tensor lengths, Tensor hidden, Mode mode) {
    return goThrough(x, lengths, List.of(hidden), mode);
  }

  @Override
  List<Tensor> step(Tensor input, List<Tensor> state, Direction way) {
    Tensor hidden = state.get(0);
    Tensor ofState = way.ofState(hidden);
    int width = hidden.shape().dim(1);
    Tensor gates = input.narrow(1, 0, 2 * width).add(ofState.narrow(1, 0, 2 * width)).sigmoid();
    Tensor r = gates.narrow(1, 0, width);
    Tensor z = gates.narrow(1, width, width);
    Tensor n =
        input.narrow(1, 2 * width, width).add(r.mul(ofState.narrow(1, 2 * width, width))).tanh();
    return List.of(n.add(z.mul(hidden.sub(n))));
  }

  @Override
  Recurrence.Cell cell() {
    return Recurrence.Cell.GRU;
  }

  @Override
  String gates() {
    return "rzn";
  }

  @Override
  RecurrentOutput output(Tensor output, List<Tensor> states) {
    return new RecurrentOutput(output, states.get(0));
  }

  @Override
  List<String> stateNames() {
    return List.of("hidden");
  }
}
