package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * RNN, GRU and LSTM: through a sequence {@code [T, N, D]} step by step, one way or both. Weights
 * are {@code W [directions, gates H, D]} and {@code R [directions, gates H, H]}; biases {@code B
 * [directions, 2 gates H]} are W's, then R's.
 */
final class Recurrent {

  private static final String SETTINGS =
      "activation_alpha:fs activation_beta:fs activations:ss clip:f"
          + " direction:s=forward|reverse|bidirectional hidden_size:i layout:i=0|1";

  private final Call call;
  private final RecurrentCell.Kind kind;
  private final boolean batchFirst;
  private final Tensor x;
  private final int steps;
  private final int batch;
  private final int hidden;
  private final Tensor[] running;

  private Recurrent(Call call, RecurrentCell.Kind kind) {
    this.call = call;
    this.kind = kind;
    batchFirst = call.node().integer("layout", 0) == 1;
    Tensor given = call.tensor(0);
    if (given.shape().rank() != 3 || given.shape().isEmpty() || call.shape(2).rank() != 3) {
      throw call.error("input " + given.shape() + " or weights " + call.shape(2) + " do not fit");
    }
    x = batchFirst ? given.transpose(0, 1) : given;
    steps = x.shape().dim(0);
    batch = x.shape().dim(1);
    hidden = call.shape(2).dim(2);
    running = new Tensor[steps];
  }

  static void register(Map<String, Operator> all) {
    all.put("RNN", new Operator(SETTINGS, 3, 6, 2, c -> run(c, RecurrentCell.Kind.RNN)));
    all.put(
        "GRU",
        new Operator(
            SETTINGS + " linear_before_reset:i", 3, 6, 2, c -> run(c, RecurrentCell.Kind.GRU)));
    all.put(
        "LSTM",
        new Operator(SETTINGS + " input_forget:i", 3, 8, 3, c -> run(c, RecurrentCell.Kind.LSTM)));
  }

  private static Value[] run(Call call, RecurrentCell.Kind kind) {
    return new Recurrent(call, kind).outputs();
  }

  private Value[] outputs() {
    String direction = call.node().text("direction", "forward");
    int directions = direction.equals("bidirectional") ? 2 : 1;
    findRunning();
    List<Tensor> sequences = new ArrayList<>();
    List<List<Tensor>> states = new ArrayList<>();
    for (int i = 0; i < kind.states(); i++) {
      states.add(new ArrayList<>());
    }
    for (int d = 0; d < directions; d++) {
      boolean backward = d == 1 || direction.equals("reverse");
      List<Tensor> last = go(d, backward, sequences);
      for (int i = 0; i < last.size(); i++) {
        states.get(i).add(last.get(i));
      }
    }
    List<Value> outputs = new ArrayList<>();
    Tensor all = Tensor.stack(sequences, 1);
    outputs.add(Value.of(batchFirst ? all.permute(2, 0, 1, 3) : all));
    for (List<Tensor> state : states) {
      outputs.add(Value.of(Tensor.stack(state, batchFirst ? 1 : 0)));
    }
    return outputs.toArray(Value[]::new);
  }

  /** Where sequences end early: which of them still run at each step, BOOL {@code [N, 1]}. */
  private void findRunning() {
    if (!call.has(4)) {
      return;
    }
    long[] lengths = call.longs(4);
    if (lengths.length != batch || Arrays.stream(lengths).anyMatch(n -> n < 0 || n > steps)) {
      throw call.error("sequence_lens " + Arrays.toString(lengths) + " do not fit " + x.shape());
    }
    Tensor ends = call.integers(lengths, batch, 1);
    for (int t = 0; t < steps; t++) {
      running[t] = ends.greater(t);
    }
  }

  /** One direction; adds its sequence {@code [T, N, H]} and returns its last state. */
  private List<Tensor> go(int direction, boolean backward, List<Tensor> sequences) {
    RecurrentCell cell = RecurrentCell.of(call, kind, direction);
    List<Tensor> inputs = new ArrayList<>();
    Tensor rows = x.reshape(steps * batch, x.shape().dim(2));
    split(cell.ofInput(rows).reshape(steps, batch, -1), inputs);
    List<Tensor> state = initial(direction);
    Tensor zero = Tensor.scalar(x.backend(), 0, x.dtype());
    List<Tensor> sequence = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int t = backward ? steps - 1 - i : i;
      List<Tensor> after = cell.step(inputs.get(t), state);
      List<Tensor> next = new ArrayList<>();
      for (int part = 0; part < after.size(); part++) {
        next.add(where(t, after.get(part), state.get(part)));
      }
      sequence.add(where(t, after.get(0), zero));
      state = next;
    }
    if (backward) {
      Collections.reverse(sequence);
    }
    sequences.add(Tensor.stack(sequence, 0));
    return state;
  }

  private Tensor where(int t, Tensor going, Tensor ended) {
    return running[t] == null ? going : Tensor.where(running[t], going, ended);
  }

  private List<Tensor> initial(int direction) {
    List<Tensor> state = new ArrayList<>();
    for (int part = 0; part < kind.states(); part++) {
      DType dtype = x.dtype();
      state.add(
          call.has(5 + part)
              ? call.tensor(5 + part).select(batchFirst ? 1 : 0, direction)
              : Tensor.zeros(x.backend(), Shape.of(batch, hidden), dtype));
    }
    return state;
  }

  /** The steps of a sequence, halved again and again: parts of halves have small gradients. */
  private static void split(Tensor sequence, List<Tensor> parts) {
    int count = sequence.shape().dim(0);
    if (count == 1) {
      parts.add(sequence.squeeze(0));
    } else {
      split(sequence.narrow(0, 0, count / 2), parts);
      split(sequence.narrow(0, count / 2, count - count / 2), parts);
    }
  }
}
