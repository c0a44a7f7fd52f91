package io.github.trimaran.vision.weights;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.MemoryBudget;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads one blob: its shape, given as a {@code BlobShape} or by the four old fields, and its float
 * or double data.
 */
final class CaffeBlob {

  private static final int MAX_RANK = 32;

  private final int[] legacy = new int[4];
  private boolean isLegacy;
  private int[] dims = new int[0];
  private float[] floats = new float[0];
  private double[] doubles = new double[0];
  private int count;

  private final Path file;
  private final MemoryBudget budget;

  private CaffeBlob(Path file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
  }

  /** Reads the blob whose tag was just read. */
  static HostArray read(CodedInputStream proto, int tag, Path file, MemoryBudget budget)
      throws IOException {
    int outer = ProtoFields.enter(proto, tag);
    CaffeBlob blob = new CaffeBlob(file, budget);
    for (int field = proto.readTag(); field != 0; field = proto.readTag()) {
      blob.readField(proto, field);
    }
    ProtoFields.leave(proto, outer);
    return blob.toArray();
  }

  /** A bias as a vector; the old form stores {@code [1, 1, 1, N]}. */
  static HostArray flattenBias(HostArray bias) {
    return bias.reshape(Shape.of(bias.shape().size()));
  }

  private void readField(CodedInputStream proto, int tag) throws IOException {
    int number = tag >>> 3;
    switch (number) {
      case 1, 2, 3, 4 -> {
        if (ProtoFields.isPacked(tag)) {
          throw new InvalidProtocolBufferException("an extent is no integer");
        }
        legacy[number - 1] = proto.readInt32();
        isLegacy = true;
      }
      case 5 -> readFloats(proto, tag);
      case 7 -> readShape(proto, tag);
      case 8 -> readDoubles(proto, tag);
      default -> ProtoFields.skip(proto, tag);
    }
  }

  private void readShape(CodedInputStream proto, int tag) throws IOException {
    int outer = ProtoFields.enter(proto, tag);
    for (int field = proto.readTag(); field != 0; field = proto.readTag()) {
      if (field >>> 3 != 1) {
        ProtoFields.skip(proto, field);
      } else if (ProtoFields.isPacked(field)) {
        int shapeLimit = ProtoFields.enter(proto, field);
        while (!proto.isAtEnd()) {
          addExtent(proto.readInt64());
        }
        ProtoFields.leave(proto, shapeLimit);
      } else {
        addExtent(proto.readInt64());
      }
    }
    ProtoFields.leave(proto, outer);
  }

  private void addExtent(long extent) throws IOException {
    if (extent < 0 || extent > Integer.MAX_VALUE || dims.length == MAX_RANK) {
      throw new InvalidProtocolBufferException("a blob has an impossible shape");
    }
    dims = Arrays.copyOf(dims, dims.length + 1);
    dims[dims.length - 1] = (int) extent;
  }

  /** Values come in one packed field, in many, or each in a field of its own. */
  private void readFloats(CodedInputStream proto, int tag) throws IOException {
    if (!ProtoFields.isPacked(tag)) {
      reserveFloats(1);
      floats[count++] = proto.readFloat();
      return;
    }
    int outer = ProtoFields.enter(proto, tag);
    int values = proto.getBytesUntilLimit() / Float.BYTES;
    reserveFloats(values);
    for (int i = 0; i < values; i++) {
      floats[count++] = proto.readFloat();
    }
    leaveAtEnd(proto, outer);
  }

  /** Grows by doubling, so that many small fields cost no more than one. */
  private void reserveFloats(int more) throws IOException {
    if (floats.length - count < more) {
      int length = Math.max(16, Math.max(count + more, 2 * floats.length));
      budget.take((long) Float.BYTES * (length - floats.length), file.toString(), "a blob");
      floats = Arrays.copyOf(floats, length);
    }
  }

  private void readDoubles(CodedInputStream proto, int tag) throws IOException {
    if (!ProtoFields.isPacked(tag)) {
      throw new InvalidProtocolBufferException("double data that are not packed");
    }
    if (doubles.length > 0) {
      throw new InvalidProtocolBufferException("double data in several pieces");
    }
    int outer = ProtoFields.enter(proto, tag);
    int values = proto.getBytesUntilLimit() / Double.BYTES;
    budget.take((long) Double.BYTES * values, file.toString(), "a blob");
    doubles = new double[values];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = proto.readDouble();
    }
    leaveAtEnd(proto, outer);
  }

  private static void leaveAtEnd(CodedInputStream proto, int outer) throws IOException {
    if (!proto.isAtEnd()) {
      throw new InvalidProtocolBufferException("a blob's data end within a value");
    }
    ProtoFields.leave(proto, outer);
  }

  private HostArray toArray() throws WeightFormatException {
    int[] extents = isLegacy ? legacy : dims;
    int size = doubles.length > 0 ? doubles.length : count;
    long product = 1;
    for (int extent : extents) {
      product = extent < 0 || product > Integer.MAX_VALUE ? Long.MAX_VALUE / 2 : product * extent;
    }
    if (product != size) {
      throw new WeightFormatException(
          file.toString(),
          "a blob of shape " + Arrays.toString(extents) + " has " + size + " values");
    }
    Shape shape = Shape.of(extents);
    return doubles.length > 0
        ? HostArray.of(doubles, shape)
        : HostArray.of(count == floats.length ? floats : Arrays.copyOf(floats, count), shape);
  }
}
