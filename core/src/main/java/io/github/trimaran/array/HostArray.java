package io.github.trimaran.array;

import java.util.Arrays;
import java.util.Objects;

/**
 * A dense row-major array in a Java array: how values travel to and from backends and files. It
 * wraps, and never copies, the Java array it is given.
 *
 * <pre>{@code
 * HostArray table = HostArray.of(new float[] {1, 2, 3, 4, 5, 6}, Shape.of(2, 3));
 * Tensor tensor = Tensor.of(backend, table);
 * double[] back = tensor.mul(2).toHost().toDoubles();
 * }</pre>
 */
public final class HostArray {

  private final Object values;
  private final Shape shape;
  private final DType dtype;

  private HostArray(Object values, int length, Shape shape, DType dtype) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "array: " + length + " values do not fill shape " + shape + " of " + shape.size());
    }
    this.values = values;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** Wraps float32 values. */
  public static HostArray of(float[] values, Shape shape) {
    return new HostArray(values, values.length, shape, DType.FLOAT32);
  }

  /** Wraps float64 values. */
  public static HostArray of(double[] values, Shape shape) {
    return new HostArray(values, values.length, shape, DType.FLOAT64);
  }

  /** Wraps int64 values. */
  public static HostArray of(long[] values, Shape shape) {
    return new HostArray(values, values.length, shape, DType.INT64);
  }

  /** Wraps truth values. */
  public static HostArray of(boolean[] values, Shape shape) {
    return new HostArray(values, values.length, shape, DType.BOOL);
  }

  /**
   * A copy of nested Java arrays, {@code float[][]}, {@code int[][][]}, ...; those of one depth are
   * equally long, and {@code int} becomes int64.
   *
   * @throws IllegalArgumentException if they are not, or hold anything else
   */
  public static HostArray of(Object[] nested) {
    return NestedArrays.flatten(nested);
  }

  /** A new array of zeros (or {@code false}). */
  public static HostArray zeros(Shape shape, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> of(new float[shape.size()], shape);
      case FLOAT64 -> of(new double[shape.size()], shape);
      case INT64 -> of(new long[shape.size()], shape);
      case BOOL -> of(new boolean[shape.size()], shape);
    };
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The float32 values themselves, not a copy. */
  public float[] floats() {
    return (float[]) require(DType.FLOAT32);
  }

  /** The float64 values themselves, not a copy. */
  public double[] doubles() {
    return (double[]) require(DType.FLOAT64);
  }

  /** The int64 values themselves, not a copy. */
  public long[] longs() {
    return (long[]) require(DType.INT64);
  }

  /** The truth values themselves, not a copy. */
  public boolean[] booleans() {
    return (boolean[]) require(DType.BOOL);
  }

  private Object require(DType wanted) {
    if (dtype != wanted) {
      throw new IllegalArgumentException("array: holds " + dtype + ", asked for " + wanted);
    }
    return values;
  }

  /** The element at a row-major position, as a double; true is 1. */
  public double get(int index) {
    return switch (dtype) {
      case FLOAT32 -> ((float[]) values)[index];
      case FLOAT64 -> ((double[]) values)[index];
      case INT64 -> ((long[]) values)[index];
      case BOOL -> ((boolean[]) values)[index] ? 1 : 0;
    };
  }

  /**
   * Sets the element at a row-major position; rounds, truncates or tests against 0 as the type
   * asks.
   */
  public void set(int index, double value) {
    switch (dtype) {
      case FLOAT32 -> ((float[]) values)[index] = (float) value;
      case FLOAT64 -> ((double[]) values)[index] = value;
      case INT64 -> ((long[]) values)[index] = (long) value;
      case BOOL -> ((boolean[]) values)[index] = value != 0;
    }
  }

  /** The same values under another shape of the same size; shares the Java array. */
  public HostArray reshape(Shape other) {
    return new HostArray(values, shape.size(), other, dtype);
  }

  /**
   * A copy of one of the arrays along the first axis: {@code [N, ...] -> [...]}.
   *
   * @throws IllegalArgumentException if there is none at that index
   */
  public HostArray row(int index) {
    if (shape.rank() == 0 || index < 0 || index >= shape.dim(0)) {
      throw new IllegalArgumentException("array: there is no row " + index + " in shape " + shape);
    }
    HostArray row = zeros(shape.without(0), dtype);
    copyTo(index * row.shape.size(), row, 0, row.shape.size());
    return row;
  }

  /**
   * Copies a run of elements, in row-major order, into an array of the same type.
   *
   * @param from the first element here
   * @param to where it goes there
   * @throws IllegalArgumentException if the types differ
   */
  public void copyTo(int from, HostArray target, int to, int count) {
    System.arraycopy(values, from, target.require(dtype), to, count);
  }

  /** A copy converted to {@code target}; a plain copy where the type is already that. */
  public HostArray to(DType target) {
    HostArray converted = zeros(shape, target);
    if (target == dtype) {
      System.arraycopy(values, 0, converted.values, 0, shape.size());
      return converted;
    }
    for (int i = 0; i < shape.size(); i++) {
      converted.set(i, get(i));
    }
    return converted;
  }

  /** A copy of the values as doubles. */
  public double[] toDoubles() {
    return to(DType.FLOAT64).doubles();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostArray array
        && dtype == array.dtype
        && shape.equals(array.shape)
        && Objects.deepEquals(values, array.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {dtype, shape, values});
  }

  /**
   * The values as NumPy prints them, with at most 4 decimals and of more than 1000 elements only
   * those at the edges, then dtype and shape: {@code [1. 2.5] float32 [2]}.
   */
  @Override
  public String toString() {
    String printed = ArrayPrinter.print(this);
    return printed + (printed.contains("\n") ? "\n" : " ") + dtype + " " + shape;
  }
}
