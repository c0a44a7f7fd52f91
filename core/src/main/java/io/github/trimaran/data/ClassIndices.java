package io.github.trimaran.data;

import java.util.Arrays;

/** Checks labels that are used as places in a table of classes. */
final class ClassIndices {

  private ClassIndices() {}

  /**
   * A copy of the labels.
   *
   * @param what asks for them, for the error
   * @throws IllegalArgumentException if one is not from 0 to K - 1
   */
  static long[] copied(String what, long[] labels, int classes) {
    for (long label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            what + ": label " + label + " is not from 0 to " + (classes - 1));
      }
    }
    return Arrays.copyOf(labels, labels.length);
  }
}
