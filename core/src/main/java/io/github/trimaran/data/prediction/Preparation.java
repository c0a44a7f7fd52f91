package io.github.trimaran.data.prediction;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.data.Batch;
import io.github.trimaran.io.json.Kinds;
import java.util.Map;

/**
 * From what a user has to the arrays of one sample that a model wants: a picture to pixels, a row
 * of a table to numbers, a text to tokens. What was measured on the training data belongs to it: it
 * is saved with the model, by its kind and its settings, and read by the {@link Kinds.Maker} that
 * is registered under its kind; see {@link PredictionProvider}.
 *
 * <pre>{@code
 * record Celsius(double mean, double std) implements Preparation<Double> {
 *   public String kind() {
 *     return "celsius";
 *   }
 *   public Map<String, Object> settings() {
 *     return Map.of("mean", mean, "std", std);
 *   }
 *   public Map<String, HostArray> apply(Double degrees) {
 *     float value = (float) ((degrees - mean) / std);
 *     return Map.of(Batch.INPUT, HostArray.of(new float[] {value}, Shape.of(1)));
 *   }
 * }
 * }</pre>
 *
 * <p>It has no state that a call changes: many threads call it at once. It sees one sample at a
 * time, so that an answer cannot depend on what else is asked.
 *
 * @param <I> what users have
 */
public interface Preparation<I> {

  /** The name it is registered under. */
  String kind();

  /**
   * All that is needed to make it again, as values that {@link io.github.trimaran.io.json.Json}
   * writes.
   */
  Map<String, Object> settings();

  /**
   * The arrays of one sample by name, without an axis for the batch; the usual one is called {@link
   * Batch#INPUT}. Samples of one shape are computed together.
   *
   * @throws IllegalArgumentException in one line, if it cannot be used
   */
  Map<String, HostArray> apply(I input);

  /**
   * The arrays of some sample, such as one of zeros, for warming a model up; empty if there is none
   * of a usual shape.
   */
  default Map<String, HostArray> example() {
    return Map.of();
  }

  /** What {@link Kinds#read} reads. */
  default Map<String, Object> toJson() {
    return Kinds.write(kind(), settings());
  }
}
