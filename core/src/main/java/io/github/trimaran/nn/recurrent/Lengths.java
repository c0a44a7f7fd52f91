package io.github.trimaran.nn.recurrent;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.MetaBackend;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * How long each sequence of a padded batch is. A step beyond a sequence's end leaves its state as
 * it is and gives 0; so a state ends at each sequence's own end, and going backward starts there.
 */
final class Lengths {

  private final String kind;
  private final Tensor given;
  private final int steps;

  /** {@code [N, 1]} for each step: whether a sequence is still there; null where all are. */
  private Tensor[] present;

  private Lengths(String kind, Tensor given, int steps) {
    this.kind = kind;
    this.given = given;
    this.steps = steps;
  }

  /** All sequences fill their steps. */
  static Lengths full(int steps) {
    return new Lengths("", null, steps);
  }

  static Lengths of(String kind, Tensor lengths, int steps, int batch) {
    if (lengths.dtype() != DType.INT64 || !lengths.shape().equals(Shape.of(batch))) {
      throw new IllegalArgumentException(
          kind
              + ": lengths must be one INT64 a sequence, ["
              + batch
              + "], are "
              + lengths.dtype()
              + " "
              + lengths.shape());
    }
    return new Lengths(kind, lengths, steps);
  }

  /** INT64 {@code [N]}; null where all sequences fill their steps. */
  Tensor given() {
    return given;
  }

  /** {@code value} where the sequence is still there at the step, else {@code otherwise}. */
  Tensor at(int step, Tensor value, Tensor otherwise) {
    if (present == null) {
      present = present();
    }
    return present[step] == null ? value : Tensor.where(present[step], value, otherwise);
  }

  private Tensor[] present() {
    Tensor[] there = new Tensor[steps];
    Backend<?> backend = given == null ? null : given.backend();
    if (backend == null || backend instanceof MetaBackend) {
      return there; // on meta there are no values to look at, and the shapes are the same
    }
    long[] values = given.toLongs();
    for (int n = 0; n < values.length; n++) {
      if (values[n] < 1 || values[n] > steps) {
        throw new IllegalArgumentException(
            kind
                + ": length "
                + values[n]
                + " of sequence "
                + n
                + " is not from 1 to "
                + steps
                + ", the steps of the input; leave empty sequences out");
      }
    }
    long shortest = Arrays.stream(values).min().orElse(steps);
    for (int t = (int) shortest; t < steps; t++) {
      boolean[] each = new boolean[values.length];
      for (int n = 0; n < each.length; n++) {
        each[n] = t < values[n];
      }
      there[t] = Tensor.of(backend, each, each.length, 1);
    }
    return there;
  }
}
