package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * Mixes the training images of a batch with one another at random, and shares out their labels.
 * Works on the host after normalisation and {@link Augmentation}.
 *
 * <pre>{@code
 * Mixing asItIs = (batch, classes, rng) -> batch;
 * Batches training = Batches.shuffled(dataset, 50, rng).mixed(new CutMix(1));
 * }</pre>
 */
@FunctionalInterface
public interface Mixing {

  /** Leaves batches as they are. */
  Mixing NONE = (batch, classes, rng) -> batch;

  /**
   * Mixes a batch where it stands.
   *
   * @param batch its images and labels may be changed
   * @param classes K
   * @param rng everything random comes from here; it is this batch's own in this epoch
   * @return the same with {@link Batch#SHARES}, float32 {@code [B, K]}
   */
  Batch mix(Batch batch, int classes, Rng rng);
}
