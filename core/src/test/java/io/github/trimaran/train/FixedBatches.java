package io.github.trimaran.train;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import java.util.Collections;
import java.util.List;

/** The same batches in every epoch. */
record FixedBatches(List<Batch> batches) implements BatchSource {

  /** The same batch again and again. */
  static FixedBatches always(Batch batch, int perEpoch) {
    return new FixedBatches(Collections.nCopies(perEpoch, batch));
  }

  /** Exclusive or: four pairs of bits, and whether they differ. */
  static Batch xor() {
    return Batch.of(
        HostArray.of(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, Shape.of(4, 2)),
        HostArray.of(new long[] {0, 1, 1, 0}, Shape.of(4)));
  }

  @Override
  public int perEpoch() {
    return batches.size();
  }

  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    return batches.subList(first, batches.size());
  }
}
