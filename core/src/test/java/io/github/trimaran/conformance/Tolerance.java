package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How far a result may lie from what is expected, in units of the dtype's rounding error.
 *
 * @param ulps how many units
 * @param scale of which magnitude
 * @param terms how many numbers each result adds up; the error of a sum of n roundings of either
 *     sign grows like the square root of n, and a systematic one is what the suite wants to find
 */
record Tolerance(double ulps, Scale scale, ToIntFunction<List<Grid>> terms) {

  /** What a unit is relative to. */
  enum Scale {
    /** The expected value. */
    VALUE,
    /** The expected value, or 1 if that is larger. */
    VALUE_OR_ONE,
    /** What the operation gives for the operands' absolute values: for sums of products. */
    MAGNITUDE
  }

  /** The correctly rounded result, and always for INT64 and BOOL. */
  static Tolerance exact() {
    return new Tolerance(0, Scale.VALUE, grids -> 1);
  }

  /** A result off by that many units in its last place. */
  static Tolerance rounded(double ulps) {
    return new Tolerance(ulps, Scale.VALUE, grids -> 1);
  }

  /** A result of operands and intermediate results about 1 in size. */
  static Tolerance nearOne(double ulps) {
    return new Tolerance(ulps, Scale.VALUE_OR_ONE, grids -> 1);
  }

  /** A sum of products: {@code terms} of them for these operands. */
  static Tolerance accumulated(ToIntFunction<List<Grid>> terms) {
    return new Tolerance(2, Scale.MAGNITUDE, terms);
  }

  /** The unit of the last place at 1. */
  static double epsilon(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> Math.ulp(1f);
      case FLOAT64 -> Math.ulp(1.0);
      case INT64, BOOL -> 0;
    };
  }

  /** Below this, results may be flushed to 0. */
  private static double smallest(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
  }

  /**
   * The largest difference allowed.
   *
   * @param magnitude what the operation gives for absolute values, used by {@link Scale#MAGNITUDE}
   */
  double allowed(DType dtype, double expected, double magnitude, int count) {
    if (!dtype.isFloating()) {
      return 0;
    }
    double size =
        switch (scale) {
          case VALUE -> Math.abs(expected);
          case VALUE_OR_ONE -> Math.max(1, Math.abs(expected));
          case MAGNITUDE -> magnitude;
        };
    return ulps * (1 + Math.sqrt(count)) * epsilon(dtype) * size + smallest(dtype);
  }

  /** The expected value as the dtype can represent it. */
  static double representable(DType dtype, double expected) {
    return dtype == DType.FLOAT32 ? (float) expected : expected;
  }
}
