package io.github.trimaran.onnx.file;

import io.github.trimaran.array.DType;
import java.util.Locale;

/**
 * ONNX's element types by their numbers (TensorProto.DataType), and what holds them here: floats of
 * any width are the model's dtype, integers of any width INT64.
 *
 * <pre>{@code
 * ElementType.of(7).kind(); // INT64
 * }</pre>
 */
public enum ElementType {
  /** No type. */
  UNDEFINED(0, 0, null),
  /** Single precision. */
  FLOAT(1, 4, DType.FLOAT32),
  /** 0 to 255. */
  UINT8(2, 1, DType.INT64),
  /** -128 to 127. */
  INT8(3, 1, DType.INT64),
  /** 0 to 65535. */
  UINT16(4, 2, DType.INT64),
  /** 16 bits, signed. */
  INT16(5, 2, DType.INT64),
  /** 32 bits, signed. */
  INT32(6, 4, DType.INT64),
  /** 64 bits, signed. */
  INT64(7, 8, DType.INT64),
  /** Text: not read. */
  STRING(8, 0, null),
  /** Truth values. */
  BOOL(9, 1, DType.BOOL),
  /** IEEE 754 binary16. */
  FLOAT16(10, 2, DType.FLOAT32),
  /** Double precision. */
  DOUBLE(11, 8, DType.FLOAT64),
  /** 32 bits, not negative. */
  UINT32(12, 4, DType.INT64),
  /** 64 bits, not negative; those above 2^63 - 1 are not read. */
  UINT64(13, 8, DType.INT64),
  /** Two floats: not read. */
  COMPLEX64(14, 0, null),
  /** Two doubles: not read. */
  COMPLEX128(15, 0, null),
  /** The upper half of a float. */
  BFLOAT16(16, 2, DType.FLOAT32);

  private final int number;
  private final int bytes;
  private final DType kind;

  ElementType(int number, int bytes, DType kind) {
    this.number = number;
    this.bytes = bytes;
    this.kind = kind;
  }

  /** The type of that number; {@link #UNDEFINED} for numbers that are not known. */
  public static ElementType of(long number) {
    for (ElementType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return UNDEFINED;
  }

  /** What files have for an element type of ours. */
  public static ElementType of(DType type) {
    return switch (type) {
      case FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case INT64 -> INT64;
      case BOOL -> BOOL;
    };
  }

  /** Its number in files. */
  public int number() {
    return number;
  }

  /** The bytes of one element in a file. */
  public int bytes() {
    return bytes;
  }

  /** What it is read as; null if it is not read. */
  public DType kind() {
    return kind;
  }

  /** Whether it is read. */
  public boolean isKnown() {
    return kind != null;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
