package io.github.trimaran.onnx;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.GraphReader;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.onnx.file.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an ONNX file holds, whether or not all of it is known here.
 *
 * <pre>{@code
 * OnnxContents contents = OnnxContents.read(Path.of("model.onnx"));
 * contents.operators().forEach((operator, count) -> System.out.println(operator + " " + count));
 * contents.unknown().forEach(System.err::println);
 * }</pre>
 *
 * @param graph the nodes, initialisers, inputs and outputs
 * @param operators how often each operator is used, in alphabetical order
 * @param unknown what keeps {@link Onnx#read} from reading it, each with its node; empty if nothing
 *     does
 */
public record OnnxContents(Graph graph, Map<String, Integer> operators, List<String> unknown) {

  /**
   * Reads a file.
   *
   * @throws io.github.trimaran.io.weights.WeightFormatException if it is no model of ONNX, or
   *     damaged
   */
  public static OnnxContents read(Path file) throws IOException {
    Graph graph = GraphReader.read(file);
    Map<String, Integer> operators = new TreeMap<>();
    graph.nodes().forEach(node -> operators.merge(node.operator(), 1, Integer::sum));
    return new OnnxContents(graph, operators, OnnxException.reasons(graph));
  }

  /** What must be given. */
  public List<Port> inputs() {
    return graph.inputs();
  }

  /** What it gives. */
  public List<Port> outputs() {
    return graph.outputs();
  }

  /** Whether all nodes of that operator are known. */
  public boolean isKnown(String operator) {
    return graph.nodes().stream()
        .filter(node -> node.operator().equals(operator))
        .allMatch(OnnxContents::isKnown);
  }

  private static boolean isKnown(Node node) {
    return OnnxException.objection(node).isEmpty();
  }

  /** How many numbers its initialisers hold; those of a type that is not read are left out. */
  public long numParameters() {
    return graph.initialisers().values().stream()
        .filter(array -> array != null && array.dtype().isFloating())
        .map(HostArray::shape)
        .mapToLong(shape -> shape.size())
        .sum();
  }
}
