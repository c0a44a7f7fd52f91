package io.github.trimaran.onnx.write;

import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.onnx.file.Attribute;
import io.github.trimaran.onnx.file.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Layers of recurrent networks as nodes of ONNX. */
final class RecurrentNodes {

  private final NodeList nodes;
  private final Function<Item, String> names;

  RecurrentNodes(NodeList nodes, Function<Item, String> names) {
    this.nodes = nodes;
    this.names = names;
  }

  /** Adds the node; the names of all its outputs. */
  List<String> add(Call call) {
    Recurrence layer = (Recurrence) call.setting(0);
    String operator =
        switch (layer.cell()) {
          case TANH, RELU -> "RNN";
          case GRU -> "GRU";
          case LSTM -> "LSTM";
        };
    String prefix = (call.layer().isEmpty() ? "" : call.layer() + "/") + operator;
    List<String> outputs = new ArrayList<>();
    for (String end : List.of("", "_h", "_c").subList(0, 1 + layer.states())) {
      outputs.add(nodes.fresh(prefix + end));
    }
    nodes.add(
        operator,
        call.layer(),
        inputs(call, layer),
        outputs,
        attributes(call, layer).toArray(new Attribute[0]));
    return outputs;
  }

  /** Those that there are no values for have the name "". */
  private List<String> inputs(Call call, Recurrence layer) {
    List<Item> operands = call.operands();
    int weights = layer.biased() ? 3 : 2;
    List<String> inputs = new ArrayList<>();
    operands.subList(0, 1 + weights).forEach(item -> inputs.add(names.apply(item)));
    if (!layer.biased()) {
      inputs.add("");
    }
    int states = 1 + weights;
    int lengths = states + layer.states();
    inputs.add(lengths < operands.size() ? lengths(call, operands.get(lengths)) : "");
    for (Item state : operands.subList(states, lengths)) {
      inputs.add(state.isFilledWith(0) ? "" : names.apply(state));
    }
    while (inputs.get(inputs.size() - 1).isEmpty()) {
      inputs.remove(inputs.size() - 1);
    }
    return inputs;
  }

  /** ONNX has them as INT32. */
  private String lengths(Call call, Item lengths) {
    return nodes.add(
        "Cast",
        call.layer(),
        List.of(names.apply(lengths)),
        NodeList.attribute("to", (long) ElementType.INT32.number()));
  }

  private static List<Attribute> attributes(Call call, Recurrence layer) {
    List<Attribute> attributes = new ArrayList<>();
    int hidden = call.operands().get(2).shape(0).dim(2);
    attributes.add(NodeList.attribute("hidden_size", (long) hidden));
    if (layer.way() != Recurrence.Way.FORWARD) {
      String direction = layer.way() == Recurrence.Way.BOTH ? "bidirectional" : "reverse";
      attributes.add(NodeList.attribute("direction", direction));
    }
    if (layer.cell() == Recurrence.Cell.RELU) {
      attributes.add(
          new Attribute(
              "activations",
              Attribute.Kind.STRINGS,
              Collections.nCopies(layer.directions(), "Relu")));
    }
    if (layer.cell() == Recurrence.Cell.GRU) {
      attributes.add(NodeList.attribute("linear_before_reset", 1L));
    }
    return attributes;
  }
}
