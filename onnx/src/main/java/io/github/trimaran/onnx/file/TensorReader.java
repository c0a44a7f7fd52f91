package io.github.trimaran.onnx.file;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.Half;
import io.github.trimaran.io.weights.MemoryBudget;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Reads a tensor (TensorProto): its type, extents and values, which stand as raw bytes, in a field
 * of their type, or in a file beside the model.
 */
final class TensorReader {

  private static final int MAX_RANK = 32;
  private static final int EXTERNAL = 1;

  /**
   * What was read.
   *
   * @param array null for a type that is not read
   */
  record Stored(String name, ElementType type, HostArray array) {}

  private final Path file;
  private final MemoryBudget budget;

  private String name = "";
  private ElementType type = ElementType.UNDEFINED;
  private long[] extents = {};
  private final DoubleStream.Builder floats = DoubleStream.builder();
  private final LongStream.Builder integers = LongStream.builder();
  private ByteBuffer raw;
  private boolean external;
  private final Map<String, String> place = new LinkedHashMap<>();

  private TensorReader(Path file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
  }

  static Stored read(Fields fields, Path file, MemoryBudget budget) throws IOException {
    TensorReader reader = new TensorReader(file, budget);
    while (fields.next()) {
      reader.field(fields);
    }
    return new Stored(reader.name, reader.type, reader.type.isKnown() ? reader.values() : null);
  }

  private void field(Fields fields) throws IOException {
    switch (fields.number()) {
      case 1 -> fields.integers(this::addExtent);
      case 2 -> type = ElementType.of(fields.integer());
      case 4 -> addFloats(fields.fixed(Float.BYTES), Float.BYTES);
      case 5, 7, 11 -> fields.integers(integers::add);
      case 8 -> name = fields.text();
      case 9 -> raw = fields.bytes();
      case 10 -> addFloats(fields.fixed(Double.BYTES), Double.BYTES);
      case 13 -> addPlace(fields.message());
      case 14 -> external = fields.integer() == EXTERNAL;
      default -> fields.skip();
    }
  }

  private void addExtent(long extent) {
    if (extents.length <= MAX_RANK) {
      extents = Arrays.copyOf(extents, extents.length + 1);
      extents[extents.length - 1] = extent;
    }
  }

  private void addFloats(ByteBuffer values, int width) throws IOException {
    budget.take(2L * values.remaining(), file.toString(), "a tensor");
    ByteBuffer little = values.order(ByteOrder.LITTLE_ENDIAN);
    while (little.remaining() >= width) {
      floats.add(width == Float.BYTES ? little.getFloat() : little.getDouble());
    }
  }

  private void addPlace(Fields entry) throws IOException {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.number()) {
        case 1 -> key = entry.text();
        case 2 -> value = entry.text();
        default -> entry.skip();
      }
    }
    place.put(key, value);
  }

  private HostArray values() throws IOException {
    int size = size();
    Shape shape = Shape.of(Arrays.stream(extents).mapToInt(Math::toIntExact).toArray());
    if (external) {
      raw = ExternalData.read(file, name, place, (long) size * type.bytes());
    }
    if (raw != null) {
      require(raw.remaining(), (long) size * type.bytes(), "bytes");
      budget.take((long) size * type.kind().bytes(), file.toString(), "tensor '" + name + "'");
      return fromRaw(shape);
    }
    return type == ElementType.FLOAT || type == ElementType.DOUBLE
        ? fromFloats(shape, floats.build().toArray())
        : fromIntegers(shape, integers.build().toArray());
  }

  private int size() throws IOException {
    long size = 1;
    for (long extent : extents) {
      if (extent < 0 || extent > Integer.MAX_VALUE || extents.length > MAX_RANK) {
        throw error("has the impossible shape " + Arrays.toString(extents));
      }
      size *= extent;
      if (size > Integer.MAX_VALUE) {
        throw error("of " + Arrays.toString(extents) + " is larger than an array can be");
      }
    }
    return (int) size;
  }

  private void require(long given, long needed, String what) throws IOException {
    if (given != needed) {
      throw error(
          "of " + Arrays.toString(extents) + " needs " + needed + " " + what + ", has " + given);
    }
  }

  private WeightFormatException error(String reason) {
    return new WeightFormatException(file.toString(), "tensor '" + name + "' " + reason);
  }

  private HostArray fromFloats(Shape shape, double[] values) throws IOException {
    require(values.length, shape.size(), "values");
    return HostArray.of(values, shape).to(type.kind());
  }

  private HostArray fromIntegers(Shape shape, long[] values) throws IOException {
    require(values.length, shape.size(), "values");
    HostArray array = HostArray.zeros(shape, type.kind());
    for (int i = 0; i < values.length; i++) {
      switch (type) {
        case FLOAT16 -> array.floats()[i] = Half.toFloat((short) values[i]);
        case BFLOAT16 -> array.floats()[i] = Half.bfloatToFloat((short) values[i]);
        case BOOL -> array.booleans()[i] = values[i] != 0;
        default -> array.longs()[i] = values[i];
      }
    }
    return array;
  }

  private HostArray fromRaw(Shape shape) throws IOException {
    ByteBuffer little = raw.order(ByteOrder.LITTLE_ENDIAN);
    HostArray array = HostArray.zeros(shape, type.kind());
    switch (type) {
      case FLOAT -> little.asFloatBuffer().get(array.floats());
      case DOUBLE -> little.asDoubleBuffer().get(array.doubles());
      case INT64 -> little.asLongBuffer().get(array.longs());
      default -> {
        for (int i = 0; i < shape.size(); i++) {
          narrow(little, array, i);
        }
      }
    }
    if (type == ElementType.UINT64 && Arrays.stream(array.longs()).anyMatch(v -> v < 0)) {
      throw error("has values above 2^63 - 1");
    }
    return array;
  }

  private void narrow(ByteBuffer little, HostArray array, int i) throws IOException {
    switch (type) {
      case FLOAT16 -> array.floats()[i] = Half.toFloat(little.getShort());
      case BFLOAT16 -> array.floats()[i] = Half.bfloatToFloat(little.getShort());
      case BOOL -> array.booleans()[i] = little.get() != 0;
      case UINT8 -> array.longs()[i] = Byte.toUnsignedLong(little.get());
      case INT8 -> array.longs()[i] = little.get();
      case UINT16 -> array.longs()[i] = Short.toUnsignedLong(little.getShort());
      case INT16 -> array.longs()[i] = little.getShort();
      case UINT32 -> array.longs()[i] = Integer.toUnsignedLong(little.getInt());
      case INT32 -> array.longs()[i] = little.getInt();
      case UINT64 -> array.longs()[i] = little.getLong();
      default -> throw new InvalidProtocolBufferException("a tensor is of type " + type);
    }
  }
}
