package io.github.trimaran.onnx;

import io.github.trimaran.io.files.Printable;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.onnx.file.Port;
import io.github.trimaran.onnx.ops.Operator;
import io.github.trimaran.onnx.ops.Operators;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sound model file with something that is not known here: one line lists all of it, each with its
 * node.
 *
 * <pre>{@code
 * try {
 *   Onnx.read(file);
 * } catch (OnnxException e) {
 *   e.reasons().forEach(System.err::println);
 * }
 * }</pre>
 */
public final class OnnxException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Where a hostile file could list without end. */
  private static final int MAX_LENGTH = 10_000;

  private final ArrayList<String> reasons;

  private OnnxException(Path file, List<String> reasons) {
    super(line(file, reasons));
    this.reasons = new ArrayList<>(reasons);
  }

  private static String line(Path file, List<String> reasons) {
    String all = Printable.of(String.join("; ", reasons));
    String shown = all.length() <= MAX_LENGTH ? all : all.substring(0, MAX_LENGTH) + "...";
    return file + ": not known here: " + shown;
  }

  /** All that is not known, each with its node. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** Why a node cannot be computed. */
  static Optional<String> objection(Node node) {
    Optional<Operator> operator = Operators.find(node.operator());
    return operator.isEmpty()
        ? Optional.of("operator " + node)
        : operator.get().objection(node).map(reason -> reason + " of " + node);
  }

  /** All that is not known of a graph. */
  static List<String> reasons(Graph graph) {
    List<String> reasons = new ArrayList<>(graph.unread());
    for (Port input : graph.inputs()) {
      if (!input.type().isKnown()) {
        reasons.add("input '" + input.name() + "' of type " + input.type());
      }
    }
    graph.nodes().forEach(node -> objection(node).ifPresent(reasons::add));
    return List.copyOf(reasons);
  }

  static void require(Path file, Graph graph) throws OnnxException {
    List<String> reasons = reasons(graph);
    if (!reasons.isEmpty()) {
      throw new OnnxException(file, reasons);
    }
  }
}
