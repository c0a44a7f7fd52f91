package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/** Dense copies of strided views, as files of PyTorch and NumPy hold them. */
final class Strided {

  private Strided() {}

  /**
   * The dense row-major array of {@code shape} whose element at index {@code i} is that of {@code
   * values} at {@code offset + sum(i[k] * strides[k])}; the caller has checked that all of these
   * exist.
   */
  static HostArray copy(HostArray values, int offset, Shape shape, int[] strides) {
    HostArray dense = HostArray.zeros(shape, values.dtype());
    int[] index = new int[shape.rank()];
    int from = offset;
    for (int to = 0; to < shape.size(); to++) {
      move(values, from, dense, to);
      int axis = shape.rank() - 1;
      while (axis >= 0) {
        from += strides[axis];
        if (++index[axis] < shape.dim(axis)) {
          break;
        }
        from -= strides[axis] * shape.dim(axis);
        index[axis--] = 0;
      }
    }
    return dense;
  }

  private static void move(HostArray from, int i, HostArray to, int j) {
    switch (from.dtype()) {
      case FLOAT32 -> to.floats()[j] = from.floats()[i];
      case FLOAT64 -> to.doubles()[j] = from.doubles()[i];
      case INT64 -> to.longs()[j] = from.longs()[i];
      case BOOL -> to.booleans()[j] = from.booleans()[i];
    }
  }
}
