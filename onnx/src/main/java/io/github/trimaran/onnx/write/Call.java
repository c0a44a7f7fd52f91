package io.github.trimaran.onnx.write;

import java.util.Arrays;
import java.util.List;

/**
 * An operation of the graph that is to be written.
 *
 * @param operation a name of the backend's, or one that {@link Simplification} made of several
 * @param settings of each run, what is no array
 * @param layer the part of the model that called it
 */
record Call(
    String operation, List<Item> operands, Object[][] settings, List<Item> results, String layer) {

  Call {
    for (Item result : results) {
      result.madeBy(this);
    }
  }

  /** The setting in the first run, for those that are alike in all. */
  Object setting(int index) {
    return settings[0][index];
  }

  /** An array of integers, as it is in a run. */
  int[] numbers(int index, int run) {
    return (int[]) settings[run][index];
  }

  /** A setting of integers that is the same in all runs. */
  int[] numbers(int index) {
    for (int run = 1; run < settings.length; run++) {
      if (!Arrays.equals(numbers(index, run), numbers(index, 0))) {
        throw error("has settings that depend on a free axis");
      }
    }
    return numbers(index, 0);
  }

  Item result() {
    return results.get(0);
  }

  /** The same with other operands. */
  Call with(List<Item> others) {
    return new Call(operation, others, settings, results, layer);
  }

  IllegalArgumentException error(String reason) {
    return new IllegalArgumentException(
        "onnx: "
            + operation
            + (layer.isEmpty() ? "" : " in " + layer)
            + " "
            + reason
            + "; export with fixed extents (fixedBatch, no free axes)");
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
