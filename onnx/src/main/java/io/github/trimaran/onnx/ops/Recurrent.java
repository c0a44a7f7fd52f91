package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Recurrence.Way way =
        switch (direction) {
          case "reverse" -> Recurrence.Way.BACKWARD;
          case "bidirectional" -> Recurrence.Way.BOTH;
          default -> Recurrence.Way.FORWARD;
        };
    List<RecurrentCell> cells = new ArrayList<>();
    for (int d = 0; d < (way == Recurrence.Way.BOTH ? 2 : 1); d++) {
      cells.add(RecurrentCell.of(call, kind, d));
    }
    List<Tensor> states = initial(cells.size());
    List<Tensor> results = fused(cells, states, way).orElseGet(() -> composed(cells, states, way));
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Tensor result = results.get(i);
      outputs.add(
          Value.of(
              !batchFirst ? result : i == 0 ? result.permute(2, 0, 1, 3) : result.transpose(0, 1)));
    }
    return outputs.toArray(Value[]::new);
  }

  /** In one operation, where the backend has that and the settings are the usual ones. */
  private Optional<List<Tensor>> fused(
      List<RecurrentCell> cells, List<Tensor> states, Recurrence.Way way) {
    Recurrence.Cell cell = RecurrentCell.usual(call, kind);
    if (cell == null) {
      return Optional.empty();
    }
    List<Tensor> weights = cells.stream().flatMap(each -> each.weights().stream()).toList();
    Recurrence layer = new Recurrence(cell, kind.gates(), way, call.has(3));
    return io.github.trimaran.tensor.Recurrent.fused(
        x, weights, states, call.has(4) ? call.tensor(4) : null, layer);
  }

  /** Step by step: all states {@code [T, directions, N, H]}, then the last ones. */
  private List<Tensor> composed(
      List<RecurrentCell> cells, List<Tensor> initial, Recurrence.Way way) {
    findRunning();
    List<Tensor> sequences = new ArrayList<>();
    List<List<Tensor>> states = new ArrayList<>();
    for (int d = 0; d < cells.size(); d++) {
      int at = d;
      List<Tensor> state = initial.stream().map(all -> all.select(0, at)).toList();
      boolean backward = d == 1 || way == Recurrence.Way.BACKWARD;
      states.add(go(cells.get(d), state, backward, sequences));
    }
    List<Tensor> results = new ArrayList<>();
    results.add(Tensor.stack(sequences, 1));
    for (int part = 0; part < kind.states(); part++) {
      int at = part;
      results.add(Tensor.stack(states.stream().map(state -> state.get(at)).toList(), 0));
    }
    return results;
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
  private List<Tensor> go(
      RecurrentCell cell, List<Tensor> initial, boolean backward, List<Tensor> sequences) {
    List<Tensor> inputs = new ArrayList<>();
    Tensor rows = x.reshape(steps * batch, x.shape().dim(2));
    split(cell.ofInput(rows).reshape(steps, batch, -1), inputs);
    List<Tensor> state = initial;
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

  /** The first states, {@code [directions, N, H]}. */
  private List<Tensor> initial(int directions) {
    List<Tensor> states = new ArrayList<>();
    for (int part = 0; part < kind.states(); part++) {
      if (call.has(5 + part)) {
        Tensor given = call.tensor(5 + part);
        states.add(batchFirst ? given.transpose(0, 1) : given);
      } else {
        states.add(Tensor.zeros(x.backend(), Shape.of(directions, batch, hidden), x.dtype()));
      }
    }
    return states;
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
