package io.github.trimaran.onnx.file;

import io.github.trimaran.array.HostArray;
import java.util.List;
import java.util.Map;

/**
 * A model file: a graph of nodes, and what is noted about it.
 *
 * <pre>{@code
 * Graph graph = GraphReader.read(Path.of("model.onnx"));
 * graph.nodes().forEach(System.out::println);
 * }</pre>
 *
 * @param opset the version of ONNX's own operators that the nodes mean
 * @param nodes each after those whose results it takes
 * @param initialisers constant values by name: weights, mostly
 * @param inputs what must be given, without the initialisers
 * @param outputs what is computed
 * @param metadata the file's notes by name, with its producer
 * @param unread what the file has that is not read, each with the reason
 */
public record Graph(
    int opset,
    List<Node> nodes,
    Map<String, HostArray> initialisers,
    List<Port> inputs,
    List<Port> outputs,
    Map<String, String> metadata,
    List<String> unread) {}
