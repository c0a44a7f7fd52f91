package io.github.trimaran.nn.recurrent;

import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * The plain recurrent network (Elman 1990), as PyTorch has it: {@code h' = tanh(W_ih x + b_ih +
 * W_hh h + b_hh)}.
 *
 * <pre>{@code
 * RNN rnn = new RNN(8, 16).layers(2).relu();
 * rnn.init(backend, DType.FLOAT32, Rng.seeded(29));
 * RecurrentOutput y = rnn.forward(x, mode);     // x [T, N, 8], y.output() [T, N, 16]
 * }</pre>
 *
 * <p>Shapes, parameters, settings and padded sequences: see {@link RNNBase}.
 */
public final class RNN extends RNNBase<RNN, RecurrentOutput> {

  private final boolean relu;

  private RNN(RecurrentSettings settings, boolean relu) {
    super(settings, 1);
    this.relu = relu;
  }

  /** Of one layer, from {@code inputs} numbers a step to states of {@code hidden} numbers. */
  public RNN(int inputs, int hidden) {
    this(RecurrentSettings.of("RNN", inputs, hidden), false);
  }

  @Override
  RNN with(RecurrentSettings changed) {
    return new RNN(changed, relu);
  }

  /** The same with ReLU instead of tanh. */
  public RNN relu() {
    requireNotInitialised("relu");
    return new RNN(settings(), true);
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
    Tensor sum = input.add(way.ofState(state.get(0)));
    return List.of(relu ? sum.relu() : sum.tanh());
  }

  @Override
  Recurrence.Cell cell() {
    return relu ? Recurrence.Cell.RELU : Recurrence.Cell.TANH;
  }

  @Override
  String gates() {
    return "h";
  }

  @Override
  RecurrentOutput output(Tensor output, List<Tensor> states) {
    return new RecurrentOutput(output, states.get(0));
  }

  @Override
  List<String> stateNames() {
    return List.of("hidden");
  }

  @Override
  protected String describe() {
    return super.describe() + (relu ? ", relu" : "");
  }

  @Override
  public Form form() {
    return super.form().with("relu", relu, false);
  }
}
