package io.github.trimaran.onnx.write;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.onnx.file.Attribute;
import io.github.trimaran.onnx.file.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes and initialisers of a graph in the making, each under a name of its own. */
final class NodeList {

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, HostArray> initialisers = new LinkedHashMap<>();
  private final Map<HostArray, String> constants = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> nodeNames = new HashSet<>();

  List<Node> nodes() {
    return nodes;
  }

  Map<String, HostArray> initialisers() {
    return initialisers;
  }

  /** Keeps a name for what has it already. */
  void reserve(String name) {
    taken.add(name);
  }

  private static String free(Set<String> names, String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  String fresh(String wanted) {
    return free(taken, wanted);
  }

  /** A weight under its own name, or one like it if other values have that. */
  String weight(String wanted, HostArray values) {
    HostArray there = initialisers.get(wanted);
    String name = there == null || there.equals(values) ? wanted : fresh(wanted);
    initialisers.put(name, values);
    return name;
  }

  /** Equal constants are one. */
  String constant(HostArray values) {
    return constants.computeIfAbsent(
        values,
        array -> {
          String name = fresh("constant");
          initialisers.put(name, array);
          return name;
        });
  }

  /** INT64 {@code [N]}. */
  String integers(long... values) {
    return constant(HostArray.of(values, Shape.of(values.length)));
  }

  static Attribute attribute(String name, long value) {
    return new Attribute(name, Attribute.Kind.INT, value);
  }

  static Attribute attribute(String name, long... values) {
    return new Attribute(name, Attribute.Kind.INTS, values);
  }

  static Attribute attribute(String name, float value) {
    return new Attribute(name, Attribute.Kind.FLOAT, value);
  }

  static Attribute attribute(String name, String value) {
    return new Attribute(name, Attribute.Kind.STRING, value);
  }

  /** Adds a node of one result, which is named after it. */
  String add(String operator, String layer, List<String> inputs, Attribute... attributes) {
    String name = fresh((layer.isEmpty() ? "" : layer + "/") + operator);
    add(operator, layer, inputs, List.of(name), attributes);
    return name;
  }

  void add(
      String operator,
      String layer,
      List<String> inputs,
      List<String> outputs,
      Attribute... attributes) {
    Map<String, Attribute> settings = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      settings.put(attribute.name(), attribute);
    }
    String name = free(nodeNames, (layer.isEmpty() ? "" : layer + "/") + operator);
    nodes.add(new Node(name, operator, List.copyOf(inputs), List.copyOf(outputs), settings));
  }
}
