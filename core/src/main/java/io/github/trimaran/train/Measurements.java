package io.github.trimaran.train;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.metrics.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some metrics of one evaluation. */
final class Measurements {

  private final Map<String, Metric.Accumulator> accumulators = new LinkedHashMap<>();

  private final Backend<?> backend;
  private final Collective workers;

  /** With several workers, of what all of them add, in their order. */
  Measurements(List<Metric> metrics, Backend<?> backend, Collective workers) {
    this.backend = backend;
    this.workers = workers;
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
    if (workers.size() == 1) {
      add(outcome.outputs(), outcome.targets(), outcome.weights());
      return;
    }
    List<HostArray> own = new ArrayList<>();
    own.add(outcome.outputs().toHost());
    own.add(outcome.targets().toHost());
    if (outcome.weights() != null) {
      own.add(outcome.weights().toHost());
    }
    exchange(own);
  }

  /** For a worker that has none of a batch's samples. */
  void addNothing() {
    if (!accumulators.isEmpty()) {
      exchange(List.of());
    }
  }

  private void exchange(List<HostArray> own) {
    for (byte[] message : workers.allGather(ArrayMessage.of(own))) {
      List<Tensor> parts =
          ArrayMessage.arrays(message).stream().map(one -> Tensor.of(backend, one)).toList();
      if (!parts.isEmpty()) {
        add(parts.get(0), parts.get(1), parts.size() > 2 ? parts.get(2) : null);
      }
    }
  }

  private void add(Tensor outputs, Tensor targets, Tensor weights) {
    for (Metric.Accumulator accumulator : accumulators.values()) {
      accumulator.add(outputs, targets, weights);
    }
  }

  /** By name. */
  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    accumulators.forEach((name, accumulator) -> values.put(name, accumulator.value()));
    return values;
  }
}
