package io.github.trimaran.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One epoch of training.
 *
 * <pre>{@code
 * double best = history.epochs().get(history.bestEpoch() - 1).metrics().get("f1");
 * }</pre>
 *
 * @param epoch its number, from 1
 * @param steps taken since training began
 * @param loss mean over its steps, regularisation included
 * @param accuracy over its batches as they were trained on; NaN without classes
 * @param validationLoss after it; NaN without validation
 * @param validationAccuracy after it; NaN without validation or classes
 * @param metrics after it, by name: what {@link Trainer.Builder#metrics} asked for; NaN without
 *     validation
 * @param learningRate of its last step
 * @param seconds of training since it began, evaluation and checkpoints included
 * @param samplesPerSecond in this epoch, evaluation not counted
 */
public record EpochRecord(
    int epoch,
    long steps,
    double loss,
    double accuracy,
    double validationLoss,
    double validationAccuracy,
    Map<String, Double> metrics,
    double learningRate,
    double seconds,
    double samplesPerSecond) {

  /** Copies the metrics. */
  public EpochRecord {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** How many numbers there are besides metrics. */
  static final int FIELDS = 9;

  /** The numbers in order, those of the metrics of these names last. */
  double[] toArray(List<String> names) {
    double[] numbers = {
      epoch,
      (double) steps,
      loss,
      accuracy,
      validationLoss,
      validationAccuracy,
      learningRate,
      seconds,
      samplesPerSecond
    };
    double[] all = Arrays.copyOf(numbers, FIELDS + names.size());
    for (int i = 0; i < names.size(); i++) {
      all[FIELDS + i] = metrics.getOrDefault(names.get(i), Double.NaN);
    }
    return all;
  }

  static EpochRecord ofArray(List<String> names, double... v) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      metrics.put(names.get(i), v[FIELDS + i]);
    }
    return new EpochRecord(
        (int) v[0], (long) v[1], v[2], v[3], v[4], v[5], metrics, v[6], v[7], v[8]);
  }
}
