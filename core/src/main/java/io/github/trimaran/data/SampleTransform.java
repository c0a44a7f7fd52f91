package io.github.trimaran.data;

import io.github.trimaran.random.Rng;
import java.io.IOException;

/**
 * Changes a sample on its way into a batch: another one comes out, the old one stays as it is.
 *
 * <pre>{@code
 * SampleTransform louder =
 *     (sample, place) -> {
 *       HostArray values = sample.input().to(DType.FLOAT32); // a copy
 *       double gain = place.rng().nextDouble(0.5, 2);
 *       for (int i = 0; i < values.shape().size(); i++) {
 *         values.set(i, gain * values.get(i));
 *       }
 *       return sample.with("input", values);
 *     };
 * DataLoader batches = new DataLoader(samples, 32).transform(louder);
 * }</pre>
 *
 * <p>It may run on several threads at once. What is random in it comes from the place's generator,
 * so that the result depends on neither threads nor other samples.
 */
@FunctionalInterface
public interface SampleTransform {

  /** The changed sample. */
  Sample apply(Sample sample, Place place) throws IOException;

  /** This one, then another. */
  default SampleTransform andThen(SampleTransform next) {
    return (sample, place) -> next.apply(apply(sample, place), place);
  }

  /**
   * Where a sample stands.
   *
   * @param epoch from 0
   * @param index its number in the data set, from 0
   * @param rng everything random comes from here; it is this sample's own in this epoch
   */
  record Place(int epoch, int index, Rng rng) {}
}
