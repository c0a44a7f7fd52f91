package io.github.trimaran.data.prediction;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.json.Kinds;
import java.util.List;
import java.util.Map;

/**
 * From what a model gives for one sample to what the user wants: a class with its probability, a
 * price in its own unit. It is saved with the model as a {@link Preparation} is.
 *
 * <pre>{@code
 * record Euros(double mean, double std) implements Answer<Double> {
 *   public String kind() {
 *     return "euros";
 *   }
 *   public Map<String, Object> settings() {
 *     return Map.of("mean", mean, "std", std);
 *   }
 *   public Double apply(List<HostArray> outputs) {
 *     return outputs.get(0).get(0) * std + mean;
 *   }
 * }
 * }</pre>
 *
 * <p>It has no state that a call changes: many threads call it at once.
 *
 * @param <O> what users want
 */
public interface Answer<O> {

  /** The name it is registered under. */
  String kind();

  /**
   * All that is needed to make it again, as values that {@link io.github.trimaran.io.json.Json}
   * writes.
   */
  Map<String, Object> settings();

  /**
   * The answer.
   *
   * @param outputs what the model gives for one sample, the main array first, without the axis of
   *     the batch
   */
  O apply(List<HostArray> outputs);

  /** What {@link Kinds#read} reads. */
  default Map<String, Object> toJson() {
    return Kinds.write(kind(), settings());
  }
}
