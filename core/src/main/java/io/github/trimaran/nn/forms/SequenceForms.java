package io.github.trimaran.nn.forms;

import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.attention.LearnedPositions;
import io.github.trimaran.nn.attention.RotaryPositions;
import io.github.trimaran.nn.attention.SinusoidalPositions;
import io.github.trimaran.nn.attention.TransformerEncoder;
import io.github.trimaran.nn.attention.TransformerEncoderLayer;
import io.github.trimaran.nn.recurrent.GRU;
import io.github.trimaran.nn.recurrent.LSTM;
import io.github.trimaran.nn.recurrent.RNN;
import io.github.trimaran.nn.recurrent.RNNBase;
import io.github.trimaran.nn.recurrent.RecurrentLayer;

/** Positions, transformers and recurrent models. */
final class SequenceForms {

  private SequenceForms() {}

  static Forms addTo(Forms forms) {
    return forms
        .with(GRU.class, (json, all) -> recurrent(new GRU(inputs(json), hidden(json)), json))
        .with(LSTM.class, (json, all) -> recurrent(new LSTM(inputs(json), hidden(json)), json))
        .with(RNN.class, (json, all) -> rnn(json))
        .with(RecurrentLayer.class, SequenceForms::recurrentLayer)
        .with(LearnedPositions.class, (json, all) -> learned(json))
        .with(RotaryPositions.class, (json, all) -> rotary(json))
        .with(SinusoidalPositions.class, (json, all) -> sinusoidal(json))
        .with(TransformerEncoder.class, SequenceForms::encoder)
        .with(TransformerEncoderLayer.class, SequenceForms::encoderLayer);
  }

  private static int inputs(JsonObject json) throws JsonException {
    return json.int32("inputs");
  }

  private static int hidden(JsonObject json) throws JsonException {
    return json.int32("hidden");
  }

  private static RNN rnn(JsonObject json) throws JsonException {
    RNN rnn = recurrent(new RNN(inputs(json), hidden(json)), json);
    return json.bool("relu", false) ? rnn.relu() : rnn;
  }

  private static <M extends RNNBase<M, ?>> M recurrent(M plain, JsonObject json)
      throws JsonException {
    M model = plain.layers(Forms.count(json, "layers", 1)).dropout(json.number("dropout", 0));
    model = json.bool("bidirectional", false) ? model.bidirectional() : model;
    model = json.bool("batch_first", false) ? model.batchFirst() : model;
    return json.bool("bias", true) ? model : model.withoutBias();
  }

  private static RecurrentLayer recurrentLayer(JsonObject json, Forms all) throws JsonException {
    Model part = all.read(json.object("recurrence"));
    if (!(part instanceof RNNBase<?, ?> recurrence)) {
      throw new JsonException(
          "model: RecurrentLayer needs an RNN, LSTM or GRU, not a " + part.kind());
    }
    return json.bool("sequences", false)
        ? RecurrentLayer.sequences(recurrence)
        : RecurrentLayer.last(recurrence);
  }

  private static LearnedPositions learned(JsonObject json) throws JsonException {
    LearnedPositions positions = new LearnedPositions(json.int32("positions"), json.int32("width"));
    return json.bool("batch_first", false) ? positions.batchFirst() : positions;
  }

  private static SinusoidalPositions sinusoidal(JsonObject json) throws JsonException {
    SinusoidalPositions positions = new SinusoidalPositions(json.int32("width"));
    return json.bool("batch_first", false) ? positions.batchFirst() : positions;
  }

  private static RotaryPositions rotary(JsonObject json) throws JsonException {
    RotaryPositions positions = new RotaryPositions(json.int32("width")).base(json.number("base"));
    return json.bool("halves", false) ? positions.halves() : positions;
  }

  private static TransformerEncoder encoder(JsonObject json, Forms all) throws JsonException {
    TransformerEncoder encoder =
        new TransformerEncoder(
            encoderLayer(json.object("layer"), all), Forms.count(json, "count", 1));
    return json.has("norm") ? encoder.norm(all.layer(json.object("norm"))) : encoder;
  }

  private static TransformerEncoderLayer encoderLayer(JsonObject json, Forms all)
      throws JsonException {
    TransformerEncoderLayer layer =
        new TransformerEncoderLayer(json.int32("width"), json.int32("heads"))
            .feedForward(json.int32("feed_forward"))
            .dropout(json.number("dropout"))
            .epsilon(json.number("epsilon", 1e-5));
    layer = json.bool("norm_first", false) ? layer.normFirst() : layer;
    layer = json.bool("batch_first", false) ? layer.batchFirst() : layer;
    layer = json.bool("bias", true) ? layer : layer.withoutBias();
    if (json.has("rotary")) {
      layer = layer.rotary(rotary(json.object("rotary")));
    }
    return withActivation(layer, json.object("activation"), all);
  }

  /** Each layer of a stack makes an activation of its own. */
  private static TransformerEncoderLayer withActivation(
      TransformerEncoderLayer layer, JsonObject json, Forms all) throws JsonException {
    // Parts inside would multiply by the number of layers: a small file could fill the memory.
    if (!all.layer(json).children().isEmpty()) {
      throw new JsonException("model: an activation cannot be of parts");
    }
    return layer.activation(() -> made(json, all));
  }

  private static Layer made(JsonObject json, Forms all) {
    try {
      return all.layer(json);
    } catch (JsonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
