package io.github.trimaran.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.onnx.file.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Writes small ONNX models, field by field. */
public final class ModelBuilder {

  /** What writes the fields of a message. */
  @FunctionalInterface
  public interface Message {
    /** Writes them. */
    void write(CodedOutputStream out) throws IOException;
  }

  private final int opset;
  private ByteString graph = ByteString.EMPTY;

  /** A model of that version of ONNX's operators. */
  public ModelBuilder(int opset) {
    this.opset = opset;
  }

  static ByteString bytes(Message message) {
    try {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      message.write(out);
      out.flush();
      return bytes.toByteString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a field to the graph. */
  public ModelBuilder graph(int field, Message message) {
    graph = graph.concat(bytes(out -> out.writeBytes(field, bytes(message))));
    return this;
  }

  /** Adds an input; extents below 0 are free. */
  public ModelBuilder input(String name, int type, int... extents) {
    return graph(11, port(name, type, extents));
  }

  /** Adds an output. */
  public ModelBuilder output(String name) {
    return graph(12, out -> out.writeString(1, name));
  }

  private static Message port(String name, int type, int... extents) {
    Message shape =
        out -> {
          for (int extent : extents) {
            Message one = e -> e.writeInt64(1, extent);
            out.writeBytes(1, bytes(extent < 0 ? e -> e.writeString(2, "free") : one));
          }
        };
    Message tensor =
        out -> {
          out.writeInt32(1, type);
          out.writeBytes(2, bytes(shape));
        };
    return out -> {
      out.writeString(1, name);
      out.writeBytes(2, bytes(t -> t.writeBytes(1, bytes(tensor))));
    };
  }

  /** Adds an initialiser. */
  public ModelBuilder initialiser(String name, HostArray values) {
    return graph(5, tensor(name, values));
  }

  /** Adds an initialiser of 32-bit integers. */
  public ModelBuilder initialiser32(String name, HostArray values) {
    return graph(
        5,
        out -> {
          for (int extent : values.shape().dims()) {
            out.writeInt64(1, extent);
          }
          out.writeInt32(2, ElementType.INT32.number());
          for (long value : values.longs()) {
            out.writeInt32(5, (int) value);
          }
          out.writeString(8, name);
        });
  }

  /** Adds a node. */
  public ModelBuilder node(
      String operator, List<String> inputs, List<String> outputs, Message... attributes) {
    return graph(1, node("", operator, inputs, outputs, attributes));
  }

  /** A node. */
  public static Message node(
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Message... attributes) {
    return out -> {
      for (String input : inputs) {
        out.writeString(1, input);
      }
      for (String output : outputs) {
        out.writeString(2, output);
      }
      out.writeString(3, "the " + operator);
      out.writeString(4, operator);
      for (Message attribute : attributes) {
        out.writeBytes(5, bytes(attribute));
      }
      out.writeString(7, domain);
    };
  }

  /** The number of an element type. */
  public static int number(DType type) {
    return switch (type) {
      case FLOAT32 -> ElementType.FLOAT.number();
      case FLOAT64 -> ElementType.DOUBLE.number();
      case INT64 -> ElementType.INT64.number();
      case BOOL -> ElementType.BOOL.number();
    };
  }

  /** A tensor with raw values. */
  public static Message tensor(String name, HostArray values) {
    int size = values.shape().size();
    ByteBuffer raw = ByteBuffer.allocate(8 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      switch (values.dtype()) {
        case FLOAT32 -> raw.putFloat(values.floats()[i]);
        case FLOAT64 -> raw.putDouble(values.doubles()[i]);
        case INT64 -> raw.putLong(values.longs()[i]);
        case BOOL -> raw.put((byte) (values.booleans()[i] ? 1 : 0));
      }
    }
    return out -> {
      for (int extent : values.shape().dims()) {
        out.writeInt64(1, extent);
      }
      out.writeInt32(2, number(values.dtype()));
      out.writeString(8, name);
      out.writeByteArray(9, Arrays.copyOf(raw.array(), raw.position()));
    };
  }

  private static Message attribute(String name, int kind, Message value) {
    return out -> {
      out.writeString(1, name);
      value.write(out);
      out.writeInt32(20, kind);
    };
  }

  /** An attribute: a Double or Float, an Integer, a String, or arrays of these, or a HostArray. */
  public static Message attribute(String name, Object value) {
    if (value instanceof Integer integer) {
      return attribute(name, 2, out -> out.writeInt64(3, integer));
    } else if (value instanceof Double number) {
      return attribute(name, 1, out -> out.writeFloat(2, number.floatValue()));
    } else if (value instanceof String text) {
      return attribute(name, 3, out -> out.writeString(4, text));
    } else if (value instanceof HostArray array) {
      return attribute(name, 4, out -> out.writeBytes(5, bytes(tensor("", array))));
    } else if (value instanceof int[] integers) {
      return attribute(
          name,
          7,
          out -> {
            for (int i : integers) {
              out.writeInt64(8, i);
            }
          });
    } else if (value instanceof double[] numbers) {
      return attribute(
          name,
          6,
          out -> {
            for (double number : numbers) {
              out.writeFloat(7, (float) number);
            }
          });
    } else if (value instanceof String[] texts) {
      return attribute(
          name,
          8,
          out -> {
            for (String text : texts) {
              out.writeString(9, text);
            }
          });
    }
    throw new IllegalArgumentException("no attribute: " + value);
  }

  /** The file. */
  public byte[] build() {
    Message version = out -> out.writeInt64(2, opset);
    Message named =
        out -> {
          out.writeRawBytes(graph);
          out.writeString(2, "test");
        };
    return bytes(
            out -> {
              out.writeInt64(1, opset >= 21 ? 10 : 8);
              out.writeString(2, "ModelBuilder");
              out.writeBytes(7, bytes(named));
              out.writeBytes(8, bytes(version));
            })
        .toByteArray();
  }
}
