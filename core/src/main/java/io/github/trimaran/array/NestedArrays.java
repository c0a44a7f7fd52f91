package io.github.trimaran.array;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** Nested Java arrays made into dense ones. */
final class NestedArrays {

  private NestedArrays() {}

  static HostArray flatten(Object[] nested) {
    List<Integer> extents = new ArrayList<>();
    Object level = nested;
    Class<?> type = nested.getClass();
    while (type.isArray()) {
      int length = level == null ? 0 : Array.getLength(level);
      extents.add(length);
      level = length == 0 || type.getComponentType().isPrimitive() ? null : Array.get(level, 0);
      type = type.getComponentType();
    }
    Shape shape = Shape.of(extents.stream().mapToInt(i -> i).toArray());
    HostArray flat = HostArray.zeros(shape, dtype(type));
    copy(nested, shape, 0, flat, 0);
    return flat;
  }

  private static DType dtype(Class<?> type) {
    if (type == float.class) {
      return DType.FLOAT32;
    } else if (type == double.class) {
      return DType.FLOAT64;
    } else if (type == long.class || type == int.class) {
      return DType.INT64;
    } else if (type == boolean.class) {
      return DType.BOOL;
    }
    throw new IllegalArgumentException(
        "array: nested arrays may hold float, double, long, int and boolean, not "
            + type.getSimpleName());
  }

  /** Returns the position after the last value copied. */
  private static int copy(Object level, Shape shape, int depth, HostArray to, int position) {
    int length = level == null ? -1 : Array.getLength(level);
    if (length != shape.dim(depth)) {
      throw new IllegalArgumentException(
          "array: nested arrays of one depth must be equally long, at depth "
              + depth
              + " one has "
              + Math.max(length, 0)
              + " elements and the first "
              + shape.dim(depth));
    }
    int next = position;
    for (int i = 0; i < length; i++) {
      if (depth < shape.rank() - 1) {
        next = copy(Array.get(level, i), shape, depth + 1, to, next);
      } else if (to.dtype() == DType.INT64) {
        to.longs()[next++] = Array.getLong(level, i);
      } else if (to.dtype() == DType.BOOL) {
        to.booleans()[next++] = Array.getBoolean(level, i);
      } else {
        to.set(next++, Array.getDouble(level, i));
      }
    }
    return next;
  }
}
