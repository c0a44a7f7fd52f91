package io.github.trimaran.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.trimaran.benchmarks.run.Case;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What JMH measured of a case.
 *
 * @param of the case
 * @param millis of one call: the median of the forks' medians, and the spread of these; of the
 *     iterations' if there was one fork
 * @param forks how many JVMs measured
 * @param best the best iteration's median, in milliseconds
 * @param heapBytes that one call takes from the Java heap; empty if not measured
 */
public record Measurement(
    Case of, Median millis, int forks, double best, OptionalDouble heapBytes) {

  /** Reads a record of JMH's JSON, in milliseconds. */
  static Measurement read(JsonNode record) {
    JsonNode metric = record.get("primaryMetric");
    String unit = metric.get("scoreUnit").asText();
    if (!unit.equals("ms/op")) {
      throw new IllegalArgumentException("benchmark results: the unit is " + unit + ", not ms/op");
    }
    List<Double> forks = new ArrayList<>();
    List<Double> iterations = new ArrayList<>();
    boolean histogram = metric.has("rawDataHistogram");
    for (JsonNode fork : metric.get(histogram ? "rawDataHistogram" : "rawData")) {
      List<double[]> samples = new ArrayList<>();
      for (JsonNode iteration : fork) {
        List<double[]> own = new ArrayList<>();
        if (histogram) {
          iteration.forEach(
              pair -> own.add(new double[] {pair.get(0).asDouble(), pair.get(1).asDouble()}));
        } else {
          own.add(new double[] {iteration.asDouble(), 1});
        }
        iterations.add(Median.weighted(own));
        samples.addAll(own);
      }
      forks.add(Median.weighted(samples));
    }
    double best = iterations.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    Median millis = Median.of(forks.size() > 1 ? forks : iterations);
    return new Measurement(caseOf(record), millis, forks.size(), best, heap(record));
  }

  private static Case caseOf(JsonNode record) {
    String[] names = record.get("benchmark").asText().split("\\.", -1);
    Map<String, String> parameters = new HashMap<>();
    if (record.has("params")) {
      record
          .get("params")
          .properties()
          .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    }
    return new Case(names[names.length - 2] + "." + names[names.length - 1], parameters);
  }

  private static OptionalDouble heap(JsonNode record) {
    for (String name : List.of("gc.alloc.rate.norm", "·gc.alloc.rate.norm")) {
      JsonNode metric = record.path("secondaryMetrics").path(name);
      if (metric.has("score")) {
        return OptionalDouble.of(metric.get("score").asDouble());
      }
    }
    return OptionalDouble.empty();
  }
}
