package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Shape;

/** The extents before, along and after an axis. */
record Split(int outer, int count, int inner) {

  static Split of(Shape shape, int axis) {
    int outer = 1;
    int inner = 1;
    for (int i = 0; i < shape.rank(); i++) {
      if (i < axis) {
        outer *= shape.dim(i);
      } else if (i > axis) {
        inner *= shape.dim(i);
      }
    }
    return new Split(outer, shape.dim(axis), inner);
  }
}
