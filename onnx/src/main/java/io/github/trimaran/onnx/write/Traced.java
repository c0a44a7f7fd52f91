package io.github.trimaran.onnx.write;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/**
 * An array of a recorded run: what was given, a weight, a constant that the function made, or what
 * an operation gives. Only constants have values while the function runs.
 *
 * @param name of an input or weight; else null
 * @param real a constant's array on the backend it is worked out on; else null
 * @param host the values of a weight or constant; else null
 */
record Traced(Kind kind, Shape shape, DType dtype, String name, Object real, HostArray host) {

  /** Where an array comes from. */
  enum Kind {
    INPUT,
    WEIGHT,
    CONSTANT,
    RESULT
  }

  static Traced named(Kind kind, String name, HostArray values) {
    return new Traced(
        kind, values.shape(), values.dtype(), name, null, kind == Kind.WEIGHT ? values : null);
  }

  static Traced constant(Object real, HostArray values) {
    return new Traced(Kind.CONSTANT, values.shape(), values.dtype(), null, real, values);
  }

  static Traced result(Shape shape, DType dtype) {
    return new Traced(Kind.RESULT, shape, dtype, null, null, null);
  }

  boolean isConstant() {
    return kind == Kind.CONSTANT;
  }

  /** Each is its own: two of one shape are not one array. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
