package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.array.Shape;

/** A dense array around one axis: {@code [outer, extent, inner]}. */
public record Axis(int outer, int extent, int inner) {

  /** Around this axis of a shape. */
  public static Axis of(Shape shape, int axis) {
    int outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= shape.dim(i);
    }
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dim(i);
    }
    return new Axis(outer, shape.dim(axis), inner);
  }

  /** How many outer indices make a task worth handing out. */
  public int outerPerTask() {
    return Math.max(1, Workers.CHUNK / Math.max(1, extent * inner));
  }
}
