package io.github.trimaran.array;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The extents of an array, outermost first; row-major. {@code []} is the shape of a 0-d array,
 * which holds one element; an extent may be 0, and the array is then empty.
 *
 * <pre>{@code
 * Shape images = Shape.of(50, 3, 32, 32);
 * int rows = images.dim(-2);                // 32
 * Shape pooled = images.without(2, 3);      // [50, 3]
 * }</pre>
 */
public final class Shape {

  private static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] extents;
  private final int size;

  private Shape(int[] extents, int size) {
    this.extents = extents;
    this.size = size;
  }

  /**
   * A shape with these extents, none for a 0-d array.
   *
   * @throws IllegalArgumentException if an extent is negative or the size exceeds 2^31 - 1
   */
  public static Shape of(int... extents) {
    return of("shape", extents.clone());
  }

  /**
   * The shape of an operation's result.
   *
   * @param operation whose error it would be
   * @param extents as they were worked out: perhaps more than an array can have
   * @throws IllegalArgumentException if an extent is negative or the size exceeds 2^31 - 1
   */
  public static Shape result(String operation, long... extents) {
    int[] checked = new int[extents.length];
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] > Integer.MAX_VALUE) {
        throw tooLarge(operation, Arrays.toString(extents));
      }
      checked[i] = (int) Math.max(extents[i], Integer.MIN_VALUE);
    }
    return of(operation, checked);
  }

  private static Shape of(String operation, int... extents) {
    boolean empty = false;
    for (int extent : extents) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            operation + ": negative extent " + extent + " in " + Arrays.toString(extents));
      }
      empty |= extent == 0;
    }
    long size = empty ? 0 : 1;
    for (int extent : extents) {
      size *= extent;
      if (size > Integer.MAX_VALUE) {
        throw tooLarge(operation, Arrays.toString(extents));
      }
    }
    return extents.length == 0 ? SCALAR : new Shape(extents, (int) size);
  }

  private static IllegalArgumentException tooLarge(String operation, String extents) {
    return new IllegalArgumentException(operation + ": more than 2^31 - 1 elements in " + extents);
  }

  /** How many of {@code start, start + step, ...} lie below {@code stop}, which is not below. */
  public static int stepsBelow(int start, int stop, int step) {
    return start == stop ? 0 : (stop - start - 1) / step + 1;
  }

  /** The shape {@code []}. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** The number of axes. */
  public int rank() {
    return extents.length;
  }

  /** The number of elements: the product of the extents. */
  public int size() {
    return size;
  }

  /** Whether there are no elements. */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * The extent along {@code axis}; a negative axis counts from the last.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int dim(int axis) {
    return extents[axis("dim", axis)];
  }

  /** All extents; a copy. */
  public int[] dims() {
    return extents.clone();
  }

  /**
   * The axis as a number from 0; a negative one counts from the last.
   *
   * @param operation whose error it would be
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(String operation, int axis) {
    int normal = axis < 0 ? axis + rank() : axis;
    if (normal < 0 || normal >= rank()) {
      throw new IllegalArgumentException(
          operation + ": no axis " + axis + " in shape " + this + " of rank " + rank());
    }
    return normal;
  }

  /**
   * The axes as ascending numbers from 0, all axes for none given.
   *
   * @param operation whose error it would be
   * @throws IllegalArgumentException if an axis does not exist or is named twice
   */
  public int[] axes(String operation, int... axes) {
    int[] normal = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      normal[i] = axis(operation, axes[i]);
    }
    Arrays.sort(normal);
    for (int i = 1; i < normal.length; i++) {
      if (normal[i] == normal[i - 1]) {
        throw new IllegalArgumentException(
            operation + ": axis " + normal[i] + " named twice in " + Arrays.toString(axes));
      }
    }
    return normal;
  }

  /** This shape with one extent replaced; {@code axis} from 0. */
  public Shape with(int axis, int extent) {
    int[] changed = extents.clone();
    changed[axis] = extent;
    return of("shape", changed);
  }

  /** This shape with one extent, worked out for an operation, replaced; {@code axis} from 0. */
  public Shape with(String operation, int axis, long extent) {
    long[] changed = IntStream.of(extents).asLongStream().toArray();
    changed[axis] = extent;
    return result(operation, changed);
  }

  /** This shape without these axes, which ascend from 0. */
  public Shape without(int... axes) {
    int[] rest = new int[rank() - axes.length];
    int dropped = 0;
    for (int i = 0; i < rank(); i++) {
      if (dropped < axes.length && axes[dropped] == i) {
        dropped++;
      } else {
        rest[i - dropped] = extents[i];
      }
    }
    return of(rest);
  }

  /** This shape with extent 1 along these axes, from 0. */
  public Shape withOnes(int... axes) {
    int[] ones = extents.clone();
    for (int axis : axes) {
      ones[axis] = 1;
    }
    return of(ones);
  }

  /** The elements between neighbours along each axis in a dense row-major array of this shape. */
  public int[] strides() {
    int[] strides = new int[rank()];
    int stride = 1;
    for (int i = rank() - 1; i >= 0; i--) {
      strides[i] = stride;
      // May overflow where there are no elements, and then nothing is read by it.
      stride *= Math.max(extents[i], 1);
    }
    return strides;
  }

  /**
   * Where the element of that number, in row-major order, stands: an index along each axis.
   *
   * @param element from 0 to {@code size() - 1}
   */
  public int[] position(int element) {
    int[] at = new int[rank()];
    int rest = element;
    for (int axis = at.length - 1; axis >= 0; axis--) {
      at[axis] = rest % dim(axis);
      rest /= dim(axis);
    }
    return at;
  }

  /** Whether an array of this shape broadcasts to {@code target} by NumPy's rules. */
  public boolean broadcastsTo(Shape target) {
    int lead = target.rank() - rank();
    if (lead < 0) {
      return false;
    }
    for (int i = 0; i < rank(); i++) {
      if (extents[i] != 1 && extents[i] != target.extents[lead + i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The shape two operands broadcast to by NumPy's rules: aligned at the last axis, an extent of 1
   * stretches.
   *
   * @param operation whose error it would be
   * @throws IllegalArgumentException if extents differ and neither is 1
   */
  public static Shape broadcast(String operation, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] extents = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.rank() ? a.extents[a.rank() - i] : 1;
      int y = i <= b.rank() ? b.extents[b.rank() - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            operation
                + ": shapes "
                + a
                + " and "
                + b
                + " do not broadcast: "
                + x
                + " against "
                + y
                + " along axis -"
                + i);
      }
      extents[rank - i] = x == 1 ? y : x;
    }
    return of(operation, extents);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  /** As NumPy and PyTorch print it: {@code [50, 3, 32, 32]}. */
  @Override
  public String toString() {
    return Arrays.toString(extents);
  }
}
