package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one array in NumPy's format: magic, version, a header that is a Python dictionary, the
 * elements.
 */
final class NpyReader {

  static final int[] MAGIC = {0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;

  private final WeightInput in;

  NpyReader(WeightInput in) {
    this.in = in;
  }

  HostArray read() throws IOException {
    for (int expected : MAGIC) {
      if (in.u8("the NumPy magic") != expected) {
        throw in.error("not a NumPy array");
      }
    }
    int version = in.u8("the version");
    in.u8("the minor version");
    if (version < 1 || version > 3) {
      throw in.error("NumPy format version " + version + " is not read, only 1 to 3");
    }
    long length =
        version == 1
            ? in.buffer(2, "the header length").getShort() & 0xffff
            : in.buffer(4, "the header length").getInt() & 0xffffffffL;
    if (length > MAX_HEADER) {
      throw in.error("a NumPy header of " + length + " bytes is too long");
    }
    byte[] header = in.bytes(length, "the header");
    NpyHeader parsed =
        NpyHeader.parse(
            new String(header, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1),
            in);
    Shape shape = in.shape(parsed.shape(), "the array");
    StoredType type = type(parsed.descr());
    ByteOrder order =
        parsed.descr().charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    Shape stored = parsed.fortranOrder() ? reversed(shape) : shape;
    HostArray array = in.array(type, order, stored, "the array");
    in.end();
    return parsed.fortranOrder() && shape.rank() > 1 ? transpose(array, shape) : array;
  }

  private StoredType type(String descr) throws WeightFormatException {
    return switch (descr) {
      case "<f8", ">f8" -> StoredType.F64;
      case "<f4", ">f4" -> StoredType.F32;
      case "<f2", ">f2" -> StoredType.F16;
      case "<i8", ">i8" -> StoredType.I64;
      case "<i4", ">i4" -> StoredType.I32;
      case "<i2", ">i2" -> StoredType.I16;
      case "|i1" -> StoredType.I8;
      case "|u1" -> StoredType.U8;
      case "|b1" -> StoredType.BOOL;
      default -> throw in.error("NumPy type '" + descr + "' is not read");
    };
  }

  private static Shape reversed(Shape shape) {
    int[] dims = shape.dims();
    int[] reversed = new int[dims.length];
    Arrays.setAll(reversed, i -> dims[dims.length - 1 - i]);
    return Shape.of(reversed);
  }

  private static HostArray transpose(HostArray byColumns, Shape shape) {
    int[] strides = reversed(byColumns.shape()).dims();
    int stride = 1;
    for (int axis = 0; axis < strides.length; axis++) {
      int extent = strides[axis];
      strides[axis] = stride;
      stride *= extent;
    }
    return Strided.copy(byColumns, 0, shape, strides);
  }
}
