package io.github.trimaran.data;

/**
 * Where batches come from, for training and evaluation. A batch follows from its epoch and its
 * place in it, so that training can go on from the middle of an epoch.
 *
 * <pre>{@code
 * BatchSource batches = Batches.shuffled(dataset, 50, Rng.seeded(1));
 * for (Batch batch : batches.epoch(0, 0)) {
 *   System.out.println(batch);
 * }
 * }</pre>
 */
public interface BatchSource {

  /** The number of batches in an epoch, at least 1. */
  int perEpoch();

  /**
   * The batches of an epoch, both counted from 0, from batch {@code first} on. A batch need only be
   * valid until the next is asked for.
   */
  Iterable<Batch> epoch(int epoch, int first);

  /**
   * One of several workers' part of each of these batches; the samples of all of them, in the order
   * of the workers, are the batch. Sources that can make samples by themselves make no others.
   */
  default Iterable<Shard> shards(int epoch, int first, Shard.Of worker) {
    return new Mapped<>(epoch(epoch, first), worker::of);
  }
}
