package io.github.trimaran.onnx.file;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.github.trimaran.array.HostArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a model file (ModelProto), as {@link GraphReader} reads it.
 *
 * <pre>{@code
 * AtomicFiles.write(Path.of("model.onnx"), out -> GraphWriter.write(graph, out));
 * }</pre>
 */
public final class GraphWriter {

  /** By opset, from {@link #FIRST_VERSION} on, the format's version that came with it. */
  private static final int[] VERSIONS = {7, 7, 8, 8, 8, 8, 9, 9, 10, 10, 11, 12, 12};

  private static final int FIRST_VERSION = 13;

  /** Puts the fields of a message into a stream. */
  @FunctionalInterface
  private interface Message {
    void write(CodedOutputStream out) throws IOException;
  }

  private GraphWriter() {}

  /**
   * Writes a model; the stream is left open.
   *
   * @throws IOException if it cannot be written, or its weights are 2 GB or more, which a file of
   *     this format cannot be
   */
  public static void write(Graph graph, OutputStream stream) throws IOException {
    List<ByteString> parts = new ArrayList<>();
    for (Node node : graph.nodes()) {
      parts.add(field(1, out -> node(node, out)));
    }
    parts.add(field(2, "trimaran"));
    for (Map.Entry<String, HostArray> entry : graph.initialisers().entrySet()) {
      parts.add(field(5, out -> tensor(entry.getKey(), entry.getValue(), out)));
    }
    for (Port port : graph.inputs()) {
      parts.add(field(11, out -> port(port, out)));
    }
    for (Port port : graph.outputs()) {
      parts.add(field(12, out -> port(port, out)));
    }
    long size = parts.stream().mapToLong(ByteString::size).sum();
    if (size > Integer.MAX_VALUE) {
      throw new IOException("the weights are larger than the 2 GB that a file of ONNX can hold");
    }
    CodedOutputStream out = CodedOutputStream.newInstance(stream);
    out.writeInt64(1, VERSIONS[graph.opset() - FIRST_VERSION]);
    out.writeString(2, "trimaran");
    // The graph, of which no second copy is made: its key, length and parts.
    out.writeUInt32NoTag(7 << 3 | 2);
    out.writeUInt32NoTag((int) size);
    for (ByteString part : parts) {
      out.writeRawBytes(part);
    }
    out.writeBytes(8, bytes(version -> version.writeInt64(2, graph.opset())));
    for (Map.Entry<String, String> note : graph.metadata().entrySet()) {
      out.writeBytes(
          14,
          bytes(
              entry -> {
                entry.writeString(1, note.getKey());
                entry.writeString(2, note.getValue());
              }));
    }
    out.flush();
  }

  private static ByteString bytes(Message message) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    message.write(out);
    out.flush();
    return bytes.toByteString();
  }

  private static ByteString field(int number, Message message) throws IOException {
    return bytes(out -> out.writeBytes(number, bytes(message)));
  }

  private static ByteString field(int number, String text) throws IOException {
    return bytes(out -> out.writeString(number, text));
  }

  private static void node(Node node, CodedOutputStream out) throws IOException {
    for (String input : node.inputs()) {
      out.writeString(1, input);
    }
    for (String output : node.outputs()) {
      out.writeString(2, output);
    }
    out.writeString(3, node.name());
    out.writeString(4, node.operator());
    for (Attribute attribute : node.attributes().values()) {
      out.writeBytes(5, bytes(fields -> attribute(attribute, fields)));
    }
  }

  private static void attribute(Attribute attribute, CodedOutputStream out) throws IOException {
    out.writeString(1, attribute.name());
    switch (attribute.kind()) {
      case FLOAT -> out.writeFloat(2, (Float) attribute.value());
      case INT -> out.writeInt64(3, (Long) attribute.value());
      case STRING -> out.writeString(4, (String) attribute.value());
      case INTS -> {
        for (long value : (long[]) attribute.value()) {
          out.writeInt64(8, value);
        }
      }
      case STRINGS -> {
        for (Object text : (List<?>) attribute.value()) {
          out.writeString(9, (String) text);
        }
      }
      default ->
          throw new IllegalArgumentException(
              "attribute '"
                  + attribute.name()
                  + "' of kind "
                  + attribute.kind()
                  + " is not written");
    }
    out.writeInt32(20, attribute.kind().number());
  }

  private static void tensor(String name, HostArray values, CodedOutputStream out)
      throws IOException {
    for (int extent : values.shape().dims()) {
      out.writeInt64(1, extent);
    }
    out.writeInt32(2, ElementType.of(values.dtype()).number());
    out.writeString(8, name);
    out.writeByteArray(9, raw(values));
  }

  private static byte[] raw(HostArray values) throws IOException {
    int size = values.shape().size();
    int width = ElementType.of(values.dtype()).bytes();
    if ((long) size * width > Integer.MAX_VALUE - 64) {
      throw new IOException("a weight " + values.shape() + " is larger than a file can hold");
    }
    ByteBuffer raw = ByteBuffer.allocate(size * width).order(ByteOrder.LITTLE_ENDIAN);
    switch (values.dtype()) {
      case FLOAT32 -> raw.asFloatBuffer().put(values.floats());
      case FLOAT64 -> raw.asDoubleBuffer().put(values.doubles());
      case INT64 -> raw.asLongBuffer().put(values.longs());
      case BOOL -> {
        for (boolean value : values.booleans()) {
          raw.put((byte) (value ? 1 : 0));
        }
      }
    }
    return raw.array();
  }

  private static void port(Port port, CodedOutputStream out) throws IOException {
    ByteString shape =
        bytes(
            dims -> {
              for (String extent : port.extents()) {
                dims.writeBytes(1, bytes(dim -> extent(extent, dim)));
              }
            });
    ByteString tensor =
        bytes(
            fields -> {
              fields.writeInt32(1, port.type().number());
              fields.writeBytes(2, shape);
            });
    out.writeString(1, port.name());
    out.writeBytes(2, bytes(type -> type.writeBytes(1, tensor)));
  }

  /** A number, or the name of a free axis. */
  private static void extent(String extent, CodedOutputStream out) throws IOException {
    if (Character.isDigit(extent.charAt(0)) && extent.chars().allMatch(Character::isDigit)) {
      out.writeInt64(1, Long.parseLong(extent));
    } else {
      out.writeString(2, extent);
    }
  }
}
