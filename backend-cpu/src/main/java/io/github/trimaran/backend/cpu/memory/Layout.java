package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the elements of an array lie in its buffer:
 *
 * <pre>address(i0, i1, ...) = offset + i0 * strides[0] + i1 * strides[1] + ...</pre>
 *
 * <p>Most operations that move data only need other strides: a transposition swaps two, a flip
 * negates one (and starts at the other end), a broadcast sets one to 0. This class is that algebra;
 * it moves nothing.
 */
public final class Layout {

  private final Shape shape;
  private final int[] strides;
  private final int offset;

  /** A layout of these parts, which it keeps. */
  public Layout(Shape shape, int[] strides, int offset) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  /** Row-major without gaps, from the start of the buffer. */
  public static Layout dense(Shape shape) {
    return new Layout(shape, shape.strides(), 0);
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The distance between neighbours along an axis. */
  public int stride(int axis) {
    return strides[axis];
  }

  /** A copy of all of them. */
  public int[] strides() {
    return strides.clone();
  }

  /** The address of the first element. */
  public int offset() {
    return offset;
  }

  /** Whether the elements are row-major without gaps from the start of the buffer. */
  boolean isDense() {
    if (offset != 0) {
      return false;
    }
    int expected = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int extent = shape.dim(axis);
      if (extent > 1 && strides[axis] != expected) {
        return false;
      }
      expected *= Math.max(extent, 1);
    }
    return true;
  }

  /** Axis {@code i} of the result is axis {@code axes[i]} of this. */
  public Layout permute(int... axes) {
    int[] extents = new int[axes.length];
    int[] permuted = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      extents[i] = shape.dim(axes[i]);
      permuted[i] = strides[axes[i]];
    }
    return new Layout(Shape.of(extents), permuted, offset);
  }

  /** Backwards along these axes. */
  public Layout flip(int... axes) {
    int[] flipped = strides.clone();
    int start = offset;
    for (int axis : axes) {
      start += strides[axis] * Math.max(shape.dim(axis) - 1, 0);
      flipped[axis] = -strides[axis];
    }
    return new Layout(shape, flipped, start);
  }

  /** Elements {@code start, start + step, ...} below {@code stop} along every axis. */
  public Layout slice(int[] start, int[] stop, int[] step) {
    int[] extents = new int[start.length];
    int[] stepped = new int[start.length];
    int first = offset;
    for (int axis = 0; axis < start.length; axis++) {
      extents[axis] = Shape.stepsBelow(start[axis], stop[axis], step[axis]);
      stepped[axis] = strides[axis] * step[axis];
      first += strides[axis] * start[axis];
    }
    Shape sliced = Shape.of(extents);
    return new Layout(sliced, stepped, sliced.isEmpty() ? 0 : first);
  }

  /** Stretches extents of 1, and adds leading axes, with strides of 0. */
  public Layout broadcastTo(Shape target) {
    int lead = target.rank() - shape.rank();
    int[] stretched = new int[target.rank()];
    for (int axis = lead; axis < target.rank(); axis++) {
      boolean same = shape.dim(axis - lead) == target.dim(axis);
      stretched[axis] = same ? strides[axis - lead] : 0;
    }
    return new Layout(target, stretched, offset);
  }

  /**
   * The same elements in the same order under another shape, if strides can express it. Each group
   * of old axes without gaps between them must be a group of new axes.
   */
  public Optional<Layout> reshape(Shape target) {
    if (shape.isEmpty()) {
      return Optional.of(dense(target));
    }
    int[] fitted = new int[target.rank()];
    int oldAxis = 0;
    int newAxis = 0;
    while (oldAxis < shape.rank() || newAxis < target.rank()) {
      int oldEnd = oldAxis;
      int newEnd = newAxis;
      long oldSize = oldEnd < shape.rank() ? shape.dim(oldEnd++) : 1;
      long newSize = newEnd < target.rank() ? target.dim(newEnd++) : 1;
      while (oldSize != newSize) {
        if (oldSize < newSize) {
          oldSize *= shape.dim(oldEnd++);
        } else {
          newSize *= target.dim(newEnd++);
        }
      }
      int innermost = innermost(oldAxis, oldEnd);
      if (innermost >= 0 && !gapless(oldAxis, oldEnd)) {
        return Optional.empty();
      }
      int stride = innermost < 0 ? 1 : strides[innermost];
      for (int axis = newEnd - 1; axis >= newAxis; axis--) {
        fitted[axis] = stride;
        stride *= target.dim(axis);
      }
      oldAxis = oldEnd;
      newAxis = newEnd;
    }
    return Optional.of(new Layout(target, fitted, offset));
  }

  /** The last axis in the range with more than one element, -1 if there is none. */
  private int innermost(int from, int to) {
    for (int axis = to - 1; axis >= from; axis--) {
      if (shape.dim(axis) > 1) {
        return axis;
      }
    }
    return -1;
  }

  private boolean gapless(int from, int to) {
    int inner = innermost(from, to);
    int expected = strides[inner] * shape.dim(inner);
    for (int axis = inner - 1; axis >= from; axis--) {
      if (shape.dim(axis) > 1) {
        if (strides[axis] != expected) {
          return false;
        }
        expected *= shape.dim(axis);
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return shape + " strides " + Arrays.toString(strides) + " offset " + offset;
  }
}
