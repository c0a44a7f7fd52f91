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

  /** {@code [N, 1]} for each step: whether a sequence is still there; null where all are. */
  private final Tensor[] present;

  private Lengths(Tensor[] present) {
    this.present = present;
  }

  /** All sequences fill their steps. */
  static Lengths full(int steps) {
    return new Lengths(new Tensor[steps]);
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
    Backend<?> backend = lengths.backend();
    if (backend instanceof MetaBackend) {
      return full(steps); // no values to look at, and the shapes are the same
    }
    long[] values = lengths.toLongs();
    for (int n = 0; n < batch; n++) {
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
    Tensor[] present = new Tensor[steps];
    for (int t = (int) shortest; t < steps; t++) {
      boolean[] there = new boolean[batch];
      for (int n = 0; n < batch; n++) {
        there[n] = t < values[n];
      }
      present[t] = Tensor.of(lengths.backend(), there, batch, 1);
    }
    return new Lengths(present);
  }

  /** {@code value} where the sequence is still there at the step, else {@code otherwise}. */
  Tensor at(int step, Tensor value, Tensor otherwise) {
    return present[step] == null ? value : Tensor.where(present[step], value, otherwise);
  }
}
