package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * Changes a batch before it is handed out, where it stands or as another one.
 *
 * <pre>{@code
 * DataLoader noisy = new DataLoader(samples, 32).transformBatch((batch, rng) -> {
 *   float[] values = batch.input().floats();
 *   for (int i = 0; i < values.length; i++) {
 *     values[i] += 0.1 * rng.nextGaussian();
 *   }
 *   return batch;
 * });
 * }</pre>
 */
@FunctionalInterface
public interface BatchTransform {

  /**
   * The changed batch.
   *
   * @param rng everything random comes from here; it is this batch's own in this epoch
   */
  Batch apply(Batch batch, Rng rng);
}
