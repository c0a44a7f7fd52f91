package io.github.trimaran.train;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Arrays as bytes, for workers to send to one another. */
final class ArrayMessage {

  /** By the number that stands for them. */
  private static final List<DType> TYPES =
      List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.BOOL);

  private ArrayMessage() {}

  static byte[] of(List<HostArray> arrays) {
    int bytes = 0;
    for (HostArray array : arrays) {
      bytes += 2 + Integer.BYTES * array.shape().rank();
      bytes += width(array.dtype()) * array.shape().size();
    }
    ByteBuffer message = ByteBuffer.allocate(bytes);
    for (HostArray array : arrays) {
      message.put((byte) TYPES.indexOf(array.dtype())).put((byte) array.shape().rank());
      for (int extent : array.shape().dims()) {
        message.putInt(extent);
      }
      int start = message.position();
      switch (array.dtype()) {
        case FLOAT32 -> message.asFloatBuffer().put(array.floats());
        case FLOAT64 -> message.asDoubleBuffer().put(array.doubles());
        case INT64 -> message.asLongBuffer().put(array.longs());
        case BOOL -> {
          for (boolean value : array.booleans()) {
            message.put((byte) (value ? 1 : 0));
          }
        }
      }
      message.position(start + width(array.dtype()) * array.shape().size());
    }
    return message.array();
  }

  static List<HostArray> arrays(byte[] bytes) {
    ByteBuffer message = ByteBuffer.wrap(bytes);
    List<HostArray> arrays = new ArrayList<>();
    while (message.hasRemaining()) {
      DType dtype = TYPES.get(message.get());
      int[] extents = new int[message.get()];
      for (int i = 0; i < extents.length; i++) {
        extents[i] = message.getInt();
      }
      HostArray array = HostArray.zeros(Shape.of(extents), dtype);
      int start = message.position();
      switch (dtype) {
        case FLOAT32 -> message.asFloatBuffer().get(array.floats());
        case FLOAT64 -> message.asDoubleBuffer().get(array.doubles());
        case INT64 -> message.asLongBuffer().get(array.longs());
        case BOOL -> {
          for (int i = 0; i < array.shape().size(); i++) {
            array.set(i, message.get());
          }
        }
      }
      message.position(start + width(dtype) * array.shape().size());
      arrays.add(array);
    }
    return arrays;
  }

  private static int width(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> Float.BYTES;
      case FLOAT64 -> Double.BYTES;
      case INT64 -> Long.BYTES;
      case BOOL -> 1;
    };
  }
}
