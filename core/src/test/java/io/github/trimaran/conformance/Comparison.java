package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import java.util.Arrays;

/** Compares results with what was expected. */
final class Comparison {

  private Comparison() {}

  /** Requires shape, dtype and, within the tolerance, every value. */
  static void require(
      String what,
      Tolerance tolerance,
      Grid expected,
      Grid magnitude,
      int terms,
      HostArray actual) {
    requireLike(what, expected, actual);
    for (int i = 0; i < expected.values().length; i++) {
      double wanted = Tolerance.representable(expected.dtype(), expected.values()[i]);
      double got = actual.get(i);
      double allowed =
          tolerance.allowed(expected.dtype(), wanted, Math.abs(magnitude.values()[i]), terms);
      boolean same = wanted == got || (Double.isNaN(wanted) && Double.isNaN(got));
      // An infinite expectation is met by itself alone, and a bound of NaN by nothing.
      boolean near = Double.isFinite(wanted) && Math.abs(wanted - got) <= allowed;
      if (!same && !near) {
        throw new AssertionError(
            what
                + ": at "
                + Arrays.toString(Grid.index(expected.shape(), i))
                + " of "
                + expected.shape()
                + " expected "
                + wanted
                + ", got "
                + got
                + " (off by "
                + Math.abs(wanted - got)
                + ", allowed "
                + allowed
                + ")");
      }
    }
  }

  /** Requires the same bits, but for the payload of NaN. */
  static void requireSame(String what, HostArray expected, HostArray actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": expected " + expected + ", got " + actual);
    }
  }

  /** Requires that a fact is so. */
  static void requireEqual(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": expected " + expected + ", got " + actual);
    }
  }

  private static void requireLike(String what, Grid expected, HostArray actual) {
    if (!expected.shape().equals(actual.shape()) || expected.dtype() != actual.dtype()) {
      throw new AssertionError(
          what
              + ": expected "
              + expected.dtype()
              + " "
              + expected.shape()
              + ", got "
              + actual.dtype()
              + " "
              + actual.shape());
    }
  }
}
