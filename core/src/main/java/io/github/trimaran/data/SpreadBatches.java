package io.github.trimaran.data;

import io.github.trimaran.collective.Collective;
import java.nio.ByteBuffer;
import java.util.Iterator;

/**
 * Batches of samples that lie with several workers, each of which has its own: the batch of all is
 * the batches of each together. For data that is too large to be everywhere.
 *
 * <pre>{@code
 * BatchSource own = new SpreadBatches(worker, new DataLoader(samples, 32).shuffle(Rng.seeded(1)));
 * Trainer.builder(model, adam).collective(worker).build().fit(own, 10);
 * }</pre>
 *
 * <p>An epoch lasts until the last worker has no more. Who has fewer samples than others takes part
 * with none in the end.
 */
public final class SpreadBatches implements BatchSource {

  private final BatchSource own;
  private final int perEpoch;

  /**
   * All workers must make theirs at the same point: they agree on how many batches there are.
   *
   * @param worker this one
   * @param own batches of its own samples, at least one
   */
  public SpreadBatches(Collective worker, BatchSource own) {
    this.own = own;
    int most = 0;
    byte[] count = ByteBuffer.allocate(Integer.BYTES).putInt(own.perEpoch()).array();
    for (byte[] one : worker.allGather(count)) {
      most = Math.max(most, ByteBuffer.wrap(one).getInt());
    }
    perEpoch = most;
  }

  @Override
  public int perEpoch() {
    return perEpoch;
  }

  /** Refused: no worker has whole batches. */
  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    throw new UnsupportedOperationException(
        "batches: these lie with several workers; train with collective(worker)");
  }

  @Override
  public Iterable<Shard> shards(int epoch, int first, Shard.Of worker) {
    int there = Math.min(first, own.perEpoch());
    return () -> {
      Iterator<Batch> batches = own.epoch(epoch, there).iterator();
      return new Iterator<>() {
        private int place = first;

        @Override
        public boolean hasNext() {
          return place < perEpoch;
        }

        @Override
        public Shard next() {
          if (place++ < own.perEpoch()) {
            Batch batch = batches.next();
            return new Shard(batch, batch.size());
          }
          return new Shard(own.epoch(epoch, 0).iterator().next().rows(0, 1), 0);
        }
      };
    };
  }
}
