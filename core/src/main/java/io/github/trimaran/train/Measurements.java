package io.github.trimaran.train;

import io.github.trimaran.train.metrics.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some metrics of one evaluation. */
final class Measurements {

  private final Map<String, Metric.Accumulator> accumulators = new LinkedHashMap<>();

  Measurements(List<Metric> metrics) {
    metrics.forEach(metric -> accumulators.put(metric.name(), metric.start()));
  }

  /** Refuses two metrics of one name, and names of what is measured anyway. */
  static List<Metric> checked(List<Metric> metrics) {
    Map<String, Metric> named = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      String name = metric.name();
      if (named.put(name, metric) != null || name.equals("loss") || name.equals("accuracy")) {
        throw new IllegalArgumentException(
            "metrics: '"
                + name
                + "' is there already; call it otherwise by named(\"other_"
                + name
                + "\")");
      }
    }
    return List.copyOf(metrics);
  }

  void add(Outcome outcome) {
    if (accumulators.isEmpty()) {
      return;
    }
    if (outcome.outputs() == null || outcome.targets() == null) {
      throw new IllegalArgumentException(
          "metrics: the objective gives no outputs and targets to measure "
              + accumulators.keySet()
              + " of; add them to its outcome by scored(outputs, targets)");
    }
    for (Metric.Accumulator accumulator : accumulators.values()) {
      accumulator.add(outcome.outputs(), outcome.targets(), outcome.weights());
    }
  }

  /** By name. */
  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    accumulators.forEach((name, accumulator) -> values.put(name, accumulator.value()));
    return values;
  }
}
