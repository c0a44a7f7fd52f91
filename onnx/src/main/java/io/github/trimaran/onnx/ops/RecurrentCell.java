package io.github.trimaran.onnx.ops;

import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** One step of a recurrent operator in one direction; equations are those of ONNX's description. */
abstract class RecurrentCell {

  /** The three operators. */
  enum Kind {
    RNN("h", 1, "Tanh"),
    GRU("zrn", 1, "Sigmoid", "Tanh"),
    LSTM("iofg", 2, "Sigmoid", "Tanh", "Tanh");

    private final String gates;
    private final int states;

    @SuppressWarnings("ImmutableEnumChecker") // the list is of List.of
    private final List<String> activations;

    Kind(String gates, int states, String... activations) {
      this.gates = gates;
      this.states = states;
      this.activations = List.of(activations);
    }

    /** The letters of the gates in ONNX's order, as {@link Recurrence} has them. */
    String gates() {
      return gates;
    }

    /** The tensors of a state: h, and c of an LSTM. */
    int states() {
      return states;
    }
  }

  private final Tensor inputWeight;
  private final Tensor stateWeight;
  private final Tensor inputBias;
  private final Tensor stateBias;
  private final List<UnaryOperator<Tensor>> activations;
  private final double clip;
  final int hidden;

  RecurrentCell(Call call, Kind kind, int direction) {
    inputWeight = call.tensor(1).select(0, direction);
    stateWeight = call.tensor(2).select(0, direction);
    hidden = stateWeight.shape().dim(1);
    int rows = kind.gates.length() * hidden;
    if (call.has(3)) {
      Tensor biases = call.tensor(3).select(0, direction);
      inputBias = biases.narrow(0, 0, rows);
      stateBias = biases.narrow(0, rows, rows);
    } else {
      inputBias = null;
      stateBias = null;
    }
    activations = RecurrentActivations.of(call, kind.activations, direction);
    clip = call.node().number("clip", 0);
  }

  /** Those that there are, as one operation for all steps takes them. */
  final List<Tensor> weights() {
    return inputBias == null
        ? List.of(inputWeight, stateWeight)
        : List.of(inputWeight, stateWeight, inputBias, stateBias);
  }

  /** What {@link Recurrence} calls a cell with the usual settings; null for others. */
  static Recurrence.Cell usual(Call call, Kind kind) {
    boolean plain = call.node().number("clip", 0) <= 0 && !call.has(7);
    boolean named = areActivations(call, kind.activations);
    return switch (kind) {
      case RNN ->
          !plain
              ? null
              : named
                  ? Recurrence.Cell.TANH
                  : areActivations(call, List.of("Relu")) ? Recurrence.Cell.RELU : null;
      case GRU ->
          plain && named && call.node().flag("linear_before_reset", false)
              ? Recurrence.Cell.GRU
              : null;
      case LSTM ->
          plain && named && !call.node().flag("input_forget", false) ? Recurrence.Cell.LSTM : null;
    };
  }

  /** Whether these are the activations of each direction; where none are named, the default's. */
  private static boolean areActivations(Call call, List<String> names) {
    List<String> given = call.node().texts("activations");
    return IntStream.range(0, given.size())
        .allMatch(i -> given.get(i).equalsIgnoreCase(names.get(i % names.size())));
  }

  static RecurrentCell of(Call call, Kind kind, int direction) {
    return switch (kind) {
      case RNN -> new Plain(call, direction);
      case GRU -> new Gated(call, direction);
      case LSTM -> new LongShort(call, direction);
    };
  }

  /** All steps' share of the input: {@code [T N, D] -> [T N, gates H]}. */
  final Tensor ofInput(Tensor rows) {
    Tensor product = rows.matmul(inputWeight.mT());
    return inputBias == null ? product : product.add(inputBias);
  }

  /** The state's share of these gates: {@code [N, H] -> [N, gates H]}. */
  final Tensor ofState(Tensor state, int from, int gates) {
    Tensor weight = stateWeight.narrow(0, from * hidden, gates * hidden);
    Tensor product = state.matmul(weight.mT());
    return stateBias == null
        ? product
        : product.add(stateBias.narrow(0, from * hidden, gates * hidden));
  }

  final Tensor gate(Tensor gates, int index) {
    return gates.narrow(1, index * hidden, hidden);
  }

  final Tensor activate(int index, Tensor x) {
    return activations.get(index).apply(clip > 0 ? x.clamp(-clip, clip) : x);
  }

  /** The state after a step: h, and c of an LSTM. */
  abstract List<Tensor> step(Tensor input, List<Tensor> state);

  private static final class Plain extends RecurrentCell {

    Plain(Call call, int direction) {
      super(call, Kind.RNN, direction);
    }

    @Override
    List<Tensor> step(Tensor input, List<Tensor> state) {
      return List.of(activate(0, input.add(ofState(state.get(0), 0, 1))));
    }
  }

  /** Gates z, r and h. */
  private static final class Gated extends RecurrentCell {

    private final boolean linearBeforeReset;

    Gated(Call call, int direction) {
      super(call, Kind.GRU, direction);
      linearBeforeReset = call.node().flag("linear_before_reset", false);
    }

    @Override
    List<Tensor> step(Tensor input, List<Tensor> state) {
      Tensor h = state.get(0);
      Tensor both = input.narrow(1, 0, 2 * hidden).add(ofState(h, 0, 2));
      Tensor z = activate(0, gate(both, 0));
      Tensor r = activate(0, gate(both, 1));
      Tensor memory = linearBeforeReset ? r.mul(ofState(h, 2, 1)) : ofState(r.mul(h), 2, 1);
      Tensor candidate = activate(1, gate(input, 2).add(memory));
      return List.of(z.neg().add(1).mul(candidate).add(z.mul(h)));
    }
  }

  /** Gates i, o, f and c; peepholes of i, o and f. */
  private static final class LongShort extends RecurrentCell {

    private final Tensor peepholes;
    private final boolean coupled;

    LongShort(Call call, int direction) {
      super(call, Kind.LSTM, direction);
      peepholes = call.has(7) ? call.tensor(7).select(0, direction) : null;
      coupled = call.node().flag("input_forget", false);
    }

    private Tensor peeking(Tensor gate, int index, Tensor cell) {
      return peepholes == null
          ? gate
          : gate.add(peepholes.narrow(0, index * hidden, hidden).mul(cell));
    }

    @Override
    List<Tensor> step(Tensor input, List<Tensor> state) {
      Tensor before = state.get(1);
      Tensor gates = input.add(ofState(state.get(0), 0, 4));
      Tensor i = activate(0, peeking(gate(gates, 0), 0, before));
      Tensor f = coupled ? i.neg().add(1) : activate(0, peeking(gate(gates, 2), 2, before));
      Tensor cell = f.mul(before).add(i.mul(activate(1, gate(gates, 3))));
      Tensor o = activate(0, peeking(gate(gates, 1), 1, cell));
      return List.of(o.mul(activate(2, cell)), cell);
    }
  }
}
