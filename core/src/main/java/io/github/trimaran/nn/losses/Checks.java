package io.github.trimaran.nn.losses;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;

/** What losses ask of their operands. */
final class Checks {

  private Checks() {}

  static void floating(String name, Tensor outputs) {
    if (!outputs.dtype().isFloating()) {
      throw new IllegalArgumentException(
          name + ": outputs must be float32 or float64, are " + facts(outputs));
    }
  }

  /** Floats of one dtype and shape. */
  static void alike(String name, String first, Tensor a, String second, Tensor b) {
    floating(name, a);
    if (a.dtype() != b.dtype()) {
      throw error(name, "dtypes differ; convert one with to(DType)", first, a, second, b);
    }
    if (!a.shape().equals(b.shape())) {
      throw error(name, "shapes differ; reshape one", first, a, second, b);
    }
  }

  static void alike(String name, Tensor outputs, Tensor targets) {
    alike(name, "outputs", outputs, "targets", targets);
  }

  /** Targets of a shape, INT64 or of the dtype of the outputs; in the latter. */
  static Tensor signs(String name, Tensor outputs, Tensor targets) {
    floating(name, outputs);
    if (targets.dtype() != DType.INT64 && targets.dtype() != outputs.dtype()) {
      throw error(
          name,
          "targets, each 1 or -1, must be int64 or of the dtype of the outputs",
          "outputs",
          outputs,
          "targets",
          targets);
    }
    return targets.to(outputs.dtype());
  }

  static IllegalArgumentException error(
      String name, String reason, String first, Tensor a, String second, Tensor b) {
    return new IllegalArgumentException(
        name + ": " + reason + " (" + first + " " + facts(a) + ", " + second + " " + facts(b)
            + ")");
  }

  static String facts(Tensor tensor) {
    return tensor.dtype() + " " + tensor.shape();
  }
}
