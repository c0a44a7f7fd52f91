package io.github.trimaran.train;

import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Batches;

/**
 * Where batches come from. A batch follows from its epoch and its place in it, so that training can
 * go on from the middle of an epoch.
 */
public interface BatchSource {

  /** The number of batches in an epoch, at least 1. */
  int perEpoch();

  /**
   * The batches of an epoch, both counted from 0, from batch {@code first} on. A batch need only be
   * valid until the next is asked for.
   */
  Iterable<Batch> epoch(int epoch, int first);

  /** The batches of a dataset. */
  static BatchSource of(Batches batches) {
    return new BatchSource() {
      @Override
      public int perEpoch() {
        return batches.perEpoch();
      }

      @Override
      public Iterable<Batch> epoch(int epoch, int first) {
        return batches.epoch(epoch, first);
      }
    };
  }
}
