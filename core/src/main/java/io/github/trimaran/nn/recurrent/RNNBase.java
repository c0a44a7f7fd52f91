package io.github.trimaran.nn.recurrent;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Variable;
import io.github.trimaran.tensor.Recurrent;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What {@link RNN}, {@link LSTM} and {@link GRU} have in common. They go through sequences of
 * vectors step by step, in as many layers as asked for, one way or both.
 *
 * <pre>{@code
 * LSTM lstm = new LSTM(8, 16).layers(2).bidirectional().batchFirst().dropout(0.1);
 * LSTM.Output all = lstm.forward(x, mode);                       // x [N, T, 8]
 * LSTM.Output padded = lstm.forwardPadded(x, lengths, mode);     // lengths INT64 [N]
 * Tensor lastStates = padded.hidden();                           // [4, N, 16]
 * }</pre>
 *
 * <p>With T steps, N sequences, D inputs and H numbers a state, a sequence is {@code [T, N, D]}, as
 * PyTorch has it; {@code [N, T, D]} after {@link #batchFirst}. States are {@code [layers
 * directions, N, H]} either way. Each layer and direction has the parameters {@code weight_ih_l0
 * [gates H, D]}, {@code weight_hh_l0 [gates H, H]}, {@code bias_ih_l0} and {@code bias_hh_l0 [gates
 * H]}, the number being the layer's, with {@code _reverse} appended for going backward. All are
 * first drawn uniformly with bound {@code 1 / sqrt(H)}.
 *
 * <p>Sequences of different lengths are padded to one and their lengths given: then the results are
 * those of PyTorch's packed sequences. A final state is that at a sequence's own end, outputs
 * beyond it are 0, and going backward starts there. The output keeps all T steps.
 *
 * @param <M> the model
 * @param <O> what it gives
 */
public abstract sealed class RNNBase<M extends RNNBase<M, O>, O extends Model.Outputs> extends Model
    permits RNN, LSTM, GRU {

  private final RecurrentSettings settings;
  private final List<Direction> directions = new ArrayList<>();
  private final Dropout dropout;

  RNNBase(RecurrentSettings settings, int gates) {
    this.settings = settings;
    this.dropout = new Dropout(settings.dropout());
    for (int layer = 0; layer < settings.layers(); layer++) {
      for (String suffix : settings.bidirectional() ? List.of("", "_reverse") : List.of("")) {
        directions.add(direction(gates * settings.hidden(), layer, suffix));
      }
    }
  }

  private Direction direction(int rows, int layer, String suffix) {
    Initializer init = Initializers.uniform(1 / Math.sqrt(settings.hidden()));
    String end = "_l" + layer + suffix;
    Shape inputShape = Shape.of(rows, settings.inputsOf(layer));
    Shape hiddenShape = Shape.of(rows, settings.hidden());
    Variable inputWeight = parameter("weight_ih" + end, Parameter.Role.WEIGHT, inputShape, init);
    Variable hiddenWeight = parameter("weight_hh" + end, Parameter.Role.WEIGHT, hiddenShape, init);
    Variable inputBias = null;
    Variable hiddenBias = null;
    if (settings.bias()) {
      inputBias = parameter("bias_ih" + end, Parameter.Role.BIAS, Shape.of(rows), init);
      hiddenBias = parameter("bias_hh" + end, Parameter.Role.BIAS, Shape.of(rows), init);
    }
    return new Direction(inputWeight, hiddenWeight, inputBias, hiddenBias, !suffix.isEmpty());
  }

  // ---- settings -------------------------------------------------------------------------------

  final RecurrentSettings settings() {
    return settings;
  }

  /** A model of that kind with other settings. */
  abstract M with(RecurrentSettings changed);

  private M changed(String setting, RecurrentSettings changed) {
    requireNotInitialised(setting);
    return with(changed);
  }

  /** The same with that many layers, each going through the states of the one below; first 1. */
  public final M layers(int number) {
    if (number < 1) {
      throw error("layers must be at least 1, are " + number);
    }
    return changed("layers", settings.withLayers(number));
  }

  /** The same with each layer going both ways, the states of both side by side. */
  public final M bidirectional() {
    return changed("bidirectional", settings.withBothDirections());
  }

  /** The same for sequences {@code [N, T, D]} and outputs {@code [N, T, directions H]}. */
  public final M batchFirst() {
    return changed("batchFirst", settings.withBatchFirst());
  }

  /** The same with that dropout, see {@link Dropout}, between layers; no effect on one layer. */
  public final M dropout(double probability) {
    return changed("dropout", settings.withDropout(probability));
  }

  /** The same without biases. */
  public final M withoutBias() {
    return changed("bias", settings.withoutBias());
  }

  // ---- the functions --------------------------------------------------------------------------

  /** Goes through the sequences from states of 0, for evaluation. */
  public final O forward(Tensor x) {
    return forward(x, Mode.EVAL);
  }

  /**
   * Goes through the sequences from states of 0.
   *
   * @param x {@code [T, N, D]}, or {@code [N, T, D]} if the batch comes first
   * @throws IllegalArgumentException if its shape or dtype does not fit
   */
  public final O forward(Tensor x, Mode mode) {
    return goThrough(x, null, null, mode);
  }

  /**
   * The same where sequences are padded at their ends.
   *
   * @param lengths INT64 {@code [N]}, from 1 to T; in any order
   */
  public final O forwardPadded(Tensor x, Tensor lengths, Mode mode) {
    return goThrough(x, lengths, null, mode);
  }

  /**
   * What all functions do.
   *
   * @param lengths null for sequences that fill all steps
   * @param initial the state's tensors, null for 0
   */
  final O goThrough(Tensor x, Tensor lengths, List<Tensor> initial, Mode mode) {
    return run(
        mode,
        () -> {
          requireInput(x);
          Tensor sequence = settings.batchFirst() ? x.transpose(0, 1) : x;
          int steps = sequence.shape().dim(0);
          int batch = sequence.shape().dim(1);
          return layers(
              sequence,
              lengths == null ? Lengths.full(steps) : Lengths.of(kind(), lengths, steps, batch),
              initial == null ? zeros(x, batch) : checked(initial, batch),
              mode);
        });
  }

  private O layers(Tensor x, Lengths lengths, List<Tensor> initial, Mode mode) {
    int ways = settings.directions();
    List<List<Tensor>> finals = new ArrayList<>();
    Tensor y = x;
    for (int layer = 0; layer < settings.layers(); layer++) {
      int first = layer * ways;
      Tensor below = layer == 0 ? y : dropout.forward(y, mode);
      List<Tensor> state = initial.stream().map(all -> all.narrow(0, first, ways)).toList();
      List<Direction> own = directions.subList(first, first + ways);
      List<Tensor> results =
          fused(below, own, lengths, state).orElseGet(() -> composed(below, own, lengths, state));
      y = results.get(0);
      finals.add(results.subList(1, results.size()));
    }
    List<Tensor> states = new ArrayList<>();
    for (int part = 0; part < initial.size(); part++) {
      int at = part;
      states.add(Tensor.concat(finals.stream().map(state -> state.get(at)).toList(), 0));
    }
    return output(settings.batchFirst() ? y.transpose(0, 1) : y, states);
  }

  /** A layer in one operation: its output {@code [T, N, directions H]} and its last states. */
  private Optional<List<Tensor>> fused(
      Tensor x, List<Direction> ways, Lengths lengths, List<Tensor> state) {
    Recurrence layer =
        new Recurrence(
            cell(),
            gates(),
            ways.size() == 1 ? Recurrence.Way.FORWARD : Recurrence.Way.BOTH,
            settings.bias());
    List<Tensor> weights = ways.stream().flatMap(way -> way.weights().stream()).toList();
    return Recurrent.fused(x, weights, state, lengths.given(), layer)
        .map(
            results -> {
              List<Tensor> all = new ArrayList<>(results);
              Tensor each = results.get(0);
              Shape shape = each.shape();
              all.set(
                  0,
                  ways.size() == 1
                      ? each.squeeze(1)
                      : each.transpose(1, 2).reshape(shape.dim(0), shape.dim(2), -1));
              return all;
            });
  }

  /** The same step by step. */
  private List<Tensor> composed(
      Tensor x, List<Direction> ways, Lengths lengths, List<Tensor> initial) {
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> finals = new ArrayList<>();
    for (int d = 0; d < ways.size(); d++) {
      int index = d;
      List<Tensor> state = initial.stream().map(all -> all.select(0, index)).toList();
      finals.add(steps(x, ways.get(d), lengths, state, outputs));
    }
    List<Tensor> results = new ArrayList<>();
    results.add(outputs.size() == 1 ? outputs.get(0) : Tensor.concat(outputs, -1));
    for (int part = 0; part < initial.size(); part++) {
      int at = part;
      results.add(Tensor.stack(finals.stream().map(state -> state.get(at)).toList(), 0));
    }
    return results;
  }

  /** Goes through all steps in one direction; adds the output {@code [T, N, H]}. */
  private List<Tensor> steps(
      Tensor x, Direction way, Lengths lengths, List<Tensor> initial, List<Tensor> outputs) {
    List<Tensor> inputs = Steps.of(way.ofInput(x));
    List<Tensor> hidden = new ArrayList<>();
    Tensor zero = Tensor.scalar(x.backend(), 0, x.dtype());
    List<Tensor> state = initial;
    for (int i = 0; i < inputs.size(); i++) {
      int t = way.backward() ? inputs.size() - 1 - i : i;
      List<Tensor> before = state;
      List<Tensor> after = step(inputs.get(t), before, way);
      state = new ArrayList<>();
      for (int part = 0; part < after.size(); part++) {
        state.add(lengths.at(t, after.get(part), before.get(part)));
      }
      hidden.add(lengths.at(t, after.get(0), zero));
    }
    if (way.backward()) {
      Collections.reverse(hidden);
    }
    outputs.add(Tensor.stack(hidden, 0));
    return state;
  }

  /**
   * One step.
   *
   * @param input the step's share of the input, {@code [N, gates H]}
   * @param state the hidden state {@code [N, H]}, and what else there is of a state
   * @return the state after it
   */
  abstract List<Tensor> step(Tensor input, List<Tensor> state, Direction way);

  /** What a step does, for backends that do all of them at once. */
  abstract Recurrence.Cell cell();

  /** The letters of its gates in the order of their rows. */
  abstract String gates();

  /** What the model gives, of the output and the final states. */
  abstract O output(Tensor output, List<Tensor> states);

  /** What errors call the tensors of a state. */
  abstract List<String> stateNames();

  // ---- checks ---------------------------------------------------------------------------------

  private void requireInput(Tensor x) {
    String form = settings.batchFirst() ? "[N, T, " : "[T, N, ";
    if (x.shape().rank() != 3 || x.shape().dim(2) != settings.inputs()) {
      throw error(
          "input must be "
              + form
              + settings.inputs()
              + "], is "
              + x.shape()
              + (x.shape().rank() == 2 ? "; add the axis of the batch by unsqueeze" : ""));
    }
    if (x.shape().isEmpty()) {
      throw error("needs at least one step of one sequence, input is " + x.shape());
    }
  }

  private Shape stateShape(int batch) {
    return Shape.of(settings.layers() * settings.directions(), batch, settings.hidden());
  }

  private List<Tensor> zeros(Tensor x, int batch) {
    DType dtype = x.dtype();
    return stateNames().stream()
        .map(part -> Tensor.zeros(x.backend(), stateShape(batch), dtype))
        .toList();
  }

  private List<Tensor> checked(List<Tensor> initial, int batch) {
    for (int part = 0; part < initial.size(); part++) {
      if (!initial.get(part).shape().equals(stateShape(batch))) {
        throw error(
            stateNames().get(part)
                + " must be [layers directions, N, H] = "
                + stateShape(batch)
                + ", is "
                + initial.get(part).shape());
      }
    }
    return initial;
  }

  @Override
  protected String describe() {
    return settings.toString();
  }

  @Override
  public Form form() {
    return Form.of("inputs", settings.inputs())
        .with("hidden", settings.hidden())
        .with("layers", settings.layers(), 1)
        .with("bidirectional", settings.bidirectional(), false)
        .with("batch_first", settings.batchFirst(), false)
        .with("bias", settings.bias(), true)
        .with("dropout", settings.dropout(), 0.0);
  }
}
