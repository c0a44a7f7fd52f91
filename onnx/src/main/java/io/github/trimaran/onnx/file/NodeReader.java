package io.github.trimaran.onnx.file;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.MemoryBudget;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Reads a node (NodeProto) and its attributes (AttributeProto). */
final class NodeReader {

  private final Path file;
  private final MemoryBudget budget;

  NodeReader(Path file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
  }

  /** Reads one; {@code position} names those without a name. */
  Node read(Fields fields, int position) throws IOException {
    String name = "";
    String operator = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> inputs.add(fields.text());
        case 2 -> outputs.add(fields.text());
        case 3 -> name = fields.text();
        case 4 -> operator = fields.text();
        case 5 -> {
          Attribute attribute = attribute(fields.message());
          attributes.put(attribute.name(), attribute);
        }
        case 7 -> domain = fields.text();
        default -> fields.skip();
      }
    }
    return new Node(
        name.isEmpty() ? operator + "_" + position : name,
        domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + "." + operator,
        List.copyOf(inputs),
        List.copyOf(outputs),
        attributes);
  }

  private Attribute attribute(Fields fields) throws IOException {
    String name = "";
    Attribute.Kind kind = null;
    Map<Attribute.Kind, Object> values = new LinkedHashMap<>();
    List<Float> floats = new ArrayList<>();
    LongStream.Builder integers = LongStream.builder();
    List<String> texts = new ArrayList<>();
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> name = fields.text();
        case 2 -> values.put(Attribute.Kind.FLOAT, fields.number32());
        case 3 -> values.put(Attribute.Kind.INT, fields.integer());
        case 4 -> values.put(Attribute.Kind.STRING, fields.text());
        case 5 -> values.put(Attribute.Kind.TENSOR, tensor(fields.message()));
        case 7 -> addFloats(fields.fixed(Float.BYTES), floats);
        case 8 -> fields.integers(integers::add);
        case 9 -> texts.add(fields.text());
        case 20 -> kind = Attribute.Kind.of(fields.integer());
        default -> fields.skip();
      }
    }
    values.put(Attribute.Kind.FLOATS, unboxed(floats));
    values.put(Attribute.Kind.INTS, integers.build().toArray());
    values.put(Attribute.Kind.STRINGS, List.copyOf(texts));
    // A value of 0 or of no letters may be left out.
    values.putIfAbsent(Attribute.Kind.FLOAT, 0f);
    values.putIfAbsent(Attribute.Kind.INT, 0L);
    values.putIfAbsent(Attribute.Kind.STRING, "");
    if (kind == null) {
      throw new WeightFormatException(file.toString(), "attribute '" + name + "' has no type");
    }
    Object value = values.get(kind);
    if (kind == Attribute.Kind.TENSOR && value == null) {
      throw new WeightFormatException(file.toString(), "attribute '" + name + "' has no tensor");
    }
    return value == UNREAD
        ? new Attribute(name, Attribute.Kind.OTHER, null)
        : new Attribute(name, kind, value);
  }

  /** Stands for a tensor of a type that is not read. */
  private static final HostArray UNREAD = HostArray.of(new boolean[1], Shape.of(1));

  private HostArray tensor(Fields fields) throws IOException {
    HostArray array = TensorReader.read(fields, file, budget).array();
    return array == null ? UNREAD : array;
  }

  private void addFloats(ByteBuffer values, List<Float> floats) throws IOException {
    budget.take(6L * values.remaining(), file.toString(), "an attribute");
    ByteBuffer little = values.order(ByteOrder.LITTLE_ENDIAN);
    while (little.remaining() >= Float.BYTES) {
      floats.add(little.getFloat());
    }
  }

  private static float[] unboxed(List<Float> floats) {
    float[] values = new float[floats.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(i);
    }
    return values;
  }
}
