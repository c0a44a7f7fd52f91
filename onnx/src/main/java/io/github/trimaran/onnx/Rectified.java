package io.github.trimaran.onnx;

import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.onnx.file.Port;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The convolutions and products of a graph that nothing but a ReLU follows: backends do both in one
 * pass, as they do for layers.
 */
final class Rectified {

  private static final Set<String> FIRST = Set.of("Conv", "Gemm");

  /** Each with its ReLU. */
  private final Map<Node, Node> relus = new IdentityHashMap<>();

  private final Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());

  Rectified(Graph graph) {
    Map<String, List<Node>> uses = new HashMap<>();
    for (Node node : graph.nodes()) {
      node.inputs()
          .forEach(input -> uses.computeIfAbsent(input, name -> new ArrayList<>()).add(node));
    }
    List<String> outputs = graph.outputs().stream().map(Port::name).toList();
    for (Node node : graph.nodes()) {
      if (FIRST.contains(node.operator()) && node.outputs().size() == 1) {
        String output = node.outputs().get(0);
        List<Node> users = uses.getOrDefault(output, List.of());
        if (users.size() == 1
            && users.get(0).operator().equals("Relu")
            && !outputs.contains(output)) {
          relus.put(node, users.get(0));
          done.add(users.get(0));
        }
      }
    }
  }

  /** Whether it is a ReLU that is done with the node before it. */
  boolean isAfter(Node node) {
    return done.contains(node);
  }

  /** The ReLU after a node; null if none follows, or something else does. */
  Node after(Node node) {
    return relus.get(node);
  }
}
