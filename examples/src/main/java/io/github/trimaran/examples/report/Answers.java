package io.github.trimaran.examples.report;

import io.github.trimaran.examples.report.Judgements.Judged;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a classifier answered about samples whose classes are known, as a run's metrics:
 *
 * <pre>{@code
 * Judgements judgements = new Judgements();
 * Evaluator.plain().metrics(judgements).evaluate(network, test);
 * metrics.putAll(new Answers(List.of("cat", "dog"), judgements.all()).metrics());
 * }</pre>
 *
 * @param classes their names
 * @param judged one for each sample
 */
public record Answers(List<String> classes, List<Judged> judged) {

  /** Keeps copies. */
  public Answers {
    classes = List.copyOf(classes);
    judged = List.copyOf(judged);
  }

  /** How sure it was and how often right, besides {@link #matrix}. */
  public Map<String, Object> metrics() {
    long[][] counts = new long[classes.size()][classes.size()];
    judged.forEach(one -> counts[one.label()][one.predicted()]++);
    Map<String, Object> metrics = matrix(counts, classes);
    metrics.put("calibration", Calibration.of(judged).toJson());
    return metrics;
  }

  /**
   * The confusion matrix, the accuracy of each class (NaN for one without samples) and the names.
   *
   * @param counts {@code [k][p]} samples of class k were taken for p
   */
  public static Map<String, Object> matrix(long[][] counts, List<String> classes) {
    double[] accuracy = new double[counts.length];
    Arrays.setAll(accuracy, k -> (double) counts[k][k] / Arrays.stream(counts[k]).sum());
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("per_class_accuracy", accuracy);
    metrics.put("confusion", counts);
    metrics.put("classes", classes);
    return metrics;
  }
}
