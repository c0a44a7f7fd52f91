package io.github.trimaran.io.weights;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import java.nio.ByteBuffer;

/**
 * The element types of files and what they become in memory. Every conversion is exact: half
 * precision widens to float32, the smaller integers widen to int64.
 */
enum StoredType {
  F64(8, DType.FLOAT64),
  F32(4, DType.FLOAT32),
  F16(2, DType.FLOAT32),
  BF16(2, DType.FLOAT32),
  I64(8, DType.INT64),
  I32(4, DType.INT64),
  I16(2, DType.INT64),
  I8(1, DType.INT64),
  U32(4, DType.INT64),
  U16(2, DType.INT64),
  U8(1, DType.INT64),
  BOOL(1, DType.BOOL);

  private final int bytes;
  private final DType dtype;

  StoredType(int bytes, DType dtype) {
    this.bytes = bytes;
    this.dtype = dtype;
  }

  /** Bytes of one element in the file. */
  int bytes() {
    return bytes;
  }

  /** The type in memory. */
  DType dtype() {
    return dtype;
  }

  /** The type in which a file holds arrays of this type unchanged. */
  static StoredType of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT64 -> I64;
      case BOOL -> BOOL;
    };
  }

  /**
   * Moves {@code count} elements from the buffer to {@code target}, from position {@code start} on.
   */
  void decode(ByteBuffer from, HostArray target, int start, int count) {
    int end = start + count;
    switch (this) {
      case F64 -> from.asDoubleBuffer().get(target.doubles(), start, count);
      case F32 -> from.asFloatBuffer().get(target.floats(), start, count);
      case I64 -> from.asLongBuffer().get(target.longs(), start, count);
      case F16 -> {
        float[] floats = target.floats();
        for (int i = start; i < end; i++) {
          floats[i] = Half.toFloat(from.getShort());
        }
      }
      case BF16 -> {
        float[] floats = target.floats();
        for (int i = start; i < end; i++) {
          floats[i] = Half.bfloatToFloat(from.getShort());
        }
      }
      case BOOL -> {
        boolean[] booleans = target.booleans();
        for (int i = start; i < end; i++) {
          booleans[i] = from.get() != 0;
        }
      }
      default -> {
        long[] longs = target.longs();
        for (int i = start; i < end; i++) {
          longs[i] = decodeInteger(from);
        }
      }
    }
  }

  private long decodeInteger(ByteBuffer from) {
    return switch (this) {
      case I32 -> from.getInt();
      case I16 -> from.getShort();
      case I8 -> from.get();
      case U32 -> Integer.toUnsignedLong(from.getInt());
      case U16 -> Short.toUnsignedInt(from.getShort());
      case U8 -> from.get() & 0xff;
      default -> throw new AssertionError(this);
    };
  }

  /**
   * Appends {@code count} elements of {@code source} from {@code start} on; only for types that are
   * written.
   */
  void encode(HostArray source, int start, int count, ByteBuffer to) {
    for (int i = start; i < start + count; i++) {
      switch (this) {
        case F64 -> to.putDouble(source.doubles()[i]);
        case F32 -> to.putFloat(source.floats()[i]);
        case F16 -> to.putShort(Half.fromFloat(source.floats()[i]));
        case I64 -> to.putLong(source.longs()[i]);
        case BOOL -> to.put((byte) (source.booleans()[i] ? 1 : 0));
        default -> throw new AssertionError(this);
      }
    }
  }
}
