package io.github.trimaran.data;

import java.util.function.IntFunction;

/**
 * Batches that come from another source in some epochs: of images that are changed strongly first
 * and weakly at the end, or of easy samples before hard ones.
 *
 * <pre>{@code
 * // CutMix for twelve epochs; then images that are whole, as those of the test will be.
 * Batches plain = Batches.shuffled(dataset, 50, Rng.seeded(1));
 * Batches mixed = plain.mixed(new CutMix(0.5));
 * BatchSource scheduled = new ScheduledBatches(epoch -> epoch < 12 ? mixed : plain);
 * trainer.fit(scheduled, 18);
 * }</pre>
 *
 * <p>The sources must have as many batches an epoch as each other, so that a position in the
 * training and a learning rate that falls over it mean the same in all of them. Sources of one
 * dataset that are shuffled by the same {@link io.github.trimaran.random.Rng} have the same samples
 * in the same order.
 */
public final class ScheduledBatches implements BatchSource {

  private final IntFunction<? extends BatchSource> sources;
  private final int perEpoch;

  /**
   * Of these sources.
   *
   * @param sources where the batches of an epoch, counted from 0, come from; always the same for
   *     the same epoch
   */
  public ScheduledBatches(IntFunction<? extends BatchSource> sources) {
    this.sources = sources;
    this.perEpoch = present(0).perEpoch();
  }

  @Override
  public int perEpoch() {
    return perEpoch;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the source of this epoch has more or fewer batches than
   *     that of the first
   */
  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    return source(epoch).epoch(epoch, first);
  }

  @Override
  public Iterable<Shard> shards(int epoch, int first, Shard.Of worker) {
    return source(epoch).shards(epoch, first, worker);
  }

  private BatchSource source(int epoch) {
    BatchSource source = present(epoch);
    if (source.perEpoch() != perEpoch) {
      throw new IllegalArgumentException(
          "scheduled batches: "
              + source.perEpoch()
              + " in epoch "
              + epoch
              + ", "
              + perEpoch
              + " in epoch 0; all sources must have as many");
    }
    return source;
  }

  private BatchSource present(int epoch) {
    BatchSource source = sources.apply(epoch);
    if (source == null) {
      throw new IllegalArgumentException(
          "scheduled batches: there is no source for epoch " + epoch + "; it is null");
    }
    return source;
  }
}
