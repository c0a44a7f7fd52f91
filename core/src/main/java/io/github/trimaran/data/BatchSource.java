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
}
