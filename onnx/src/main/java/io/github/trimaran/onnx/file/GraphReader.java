package io.github.trimaran.onnx.file;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.MemoryBudget;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a model file (ModelProto). Field numbers are those of ONNX's published schema.
 *
 * <pre>{@code
 * Graph graph = GraphReader.read(Path.of("model.onnx"));
 * }</pre>
 */
public final class GraphReader {

  /** The oldest and the newest version of ONNX's operators that are read. */
  public static final int OLDEST_OPSET = 7;

  /** The newest. */
  public static final int NEWEST_OPSET = 25;

  private final Path file;
  private final MemoryBudget budget = MemoryBudget.ofHeap();

  private int opset;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, HostArray> initialisers = new LinkedHashMap<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private boolean hasGraph;

  private GraphReader(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws WeightFormatException if it is no model of ONNX, damaged, or its graph does not hold
   *     together
   */
  public static Graph read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new WeightFormatException(file.toString(), "a folder; name the file of the model");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new WeightFormatException(
            file.toString(), "larger than 2 GB; keep the weights in a file beside the model");
      }
      return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), file);
    }
  }

  /**
   * Reads a model that lies in memory.
   *
   * @param file what errors name, and beside which external data lie
   */
  public static Graph read(ByteBuffer model, Path file) throws IOException {
    try {
      GraphReader reader = new GraphReader(file);
      reader.model(Fields.of(model));
      return reader.graph();
    } catch (InvalidProtocolBufferException e) {
      throw new WeightFormatException(
          file.toString(), "no ONNX model, truncated or damaged: " + e.getMessage(), e);
    }
  }

  private void model(Fields fields) throws IOException {
    while (fields.next()) {
      switch (fields.number()) {
        case 2 -> metadata.put("producer", fields.text());
        case 7 -> {
          hasGraph = true;
          graph(fields.message());
        }
        case 8 -> opset(fields.message());
        case 14 -> note(fields.message());
        default -> fields.skip();
      }
    }
  }

  private Graph graph() throws IOException {
    if (!hasGraph || outputs.isEmpty()) {
      throw error("no ONNX model: it has no graph with outputs");
    }
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw error(
          "is of opset "
              + opset
              + "; "
              + OLDEST_OPSET
              + " to "
              + NEWEST_OPSET
              + " are read: export it anew, or convert it with ONNX's version converter");
    }
    // Old files list what has a value among the inputs too.
    List<Port> given =
        inputs.stream().filter(port -> !initialisers.containsKey(port.name())).toList();
    List<Node> ordered = NodeOrder.of(file, nodes, initialisers.keySet(), given, outputs);
    return new Graph(opset, ordered, initialisers, given, List.copyOf(outputs), metadata, unread);
  }

  private void opset(Fields fields) throws IOException {
    String domain = "";
    long version = 0;
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> domain = fields.text();
        case 2 -> version = fields.integer();
        default -> fields.skip();
      }
    }
    if (domain.isEmpty() || domain.equals("ai.onnx")) {
      opset = (int) Math.max(0, Math.min(version, Integer.MAX_VALUE));
    }
  }

  private void note(Fields fields) throws IOException {
    String key = "";
    String value = "";
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> key = fields.text();
        case 2 -> value = fields.text();
        default -> fields.skip();
      }
    }
    metadata.put(key, value);
  }

  private void graph(Fields fields) throws IOException {
    NodeReader reader = new NodeReader(file, budget);
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> nodes.add(reader.read(fields.message(), nodes.size()));
        case 5 -> initialiser(TensorReader.read(fields.message(), file, budget));
        case 11 -> inputs.add(PortReader.read(fields.message()));
        case 12 -> outputs.add(PortReader.read(fields.message()));
        case 15 -> unread.add("a sparse initialiser");
        default -> fields.skip();
      }
    }
  }

  private void initialiser(TensorReader.Stored stored) throws IOException {
    if (stored.array() == null) {
      unread.add("initialiser '" + stored.name() + "' of type " + stored.type());
    }
    if (initialisers.containsKey(stored.name())) {
      throw error("has two initialisers '" + stored.name() + "'");
    }
    initialisers.put(stored.name(), stored.array());
  }

  private WeightFormatException error(String reason) {
    return new WeightFormatException(file.toString(), reason);
  }
}
