package io.github.trimaran.onnx.file;

import io.github.trimaran.io.weights.WeightFormatException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which nodes can be computed: each after those whose results it takes. Nodes that no
 * output needs are left out. Files should be in such an order, and some are not.
 */
final class NodeOrder {

  private final Path file;
  private final Map<String, Node> makers = new HashMap<>();
  private final Set<String> given;
  private final List<Node> ordered = new ArrayList<>();
  private final Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  /** A node on the way to what it needs. */
  private record Step(Node node, Iterator<String> inputs) {}

  private NodeOrder(Path file, Set<String> given) {
    this.file = file;
    this.given = given;
  }

  static List<Node> of(
      Path file, List<Node> nodes, Set<String> initialisers, List<Port> inputs, List<Port> outputs)
      throws WeightFormatException {
    Set<String> given = new HashSet<>(initialisers);
    inputs.forEach(port -> given.add(port.name()));
    NodeOrder order = new NodeOrder(file, given);
    order.indexMakers(nodes);
    for (Port output : outputs) {
      order.add(output.name(), "the graph's output");
    }
    return List.copyOf(order.ordered);
  }

  private void indexMakers(List<Node> nodes) throws WeightFormatException {
    for (Node node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty() && (given.contains(output) || makers.put(output, node) != null)) {
          throw error("'" + output + "' is given twice, by " + node + " too");
        }
      }
    }
  }

  /** Adds what makes a value, after all that it needs; without recursion, for graphs are deep. */
  private void add(String value, String user) throws WeightFormatException {
    Deque<Step> path = new ArrayDeque<>();
    enter(path, value, user);
    while (!path.isEmpty()) {
      Step step = path.peek();
      if (step.inputs().hasNext()) {
        enter(path, step.inputs().next(), step.node().toString());
      } else {
        path.pop();
        open.remove(step.node());
        done.add(step.node());
        ordered.add(step.node());
      }
    }
  }

  /** Begins with what makes a value, unless that is there already. */
  private void enter(Deque<Step> path, String value, String user) throws WeightFormatException {
    if (value.isEmpty() || given.contains(value)) {
      return;
    }
    Node node = makers.get(value);
    if (node == null) {
      throw error(user + " takes '" + value + "', which nothing gives");
    }
    if (open.contains(node)) {
      throw error("the graph goes round in a circle at " + node);
    }
    if (!done.contains(node)) {
      open.add(node);
      path.push(new Step(node, node.inputs().iterator()));
    }
  }

  private WeightFormatException error(String reason) {
    return new WeightFormatException(file.toString(), reason);
  }
}
