package io.github.trimaran.benchmarks.report;

import io.github.trimaran.benchmarks.cost.Cost;
import io.github.trimaran.benchmarks.cost.Costs;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A line of a table of times.
 *
 * @param measured the times
 * @param cost what a call takes, where there is a formula
 * @param timesCpu this time by that of the cpu backend for the same work, if that was measured
 * @param rate operations a second, 0 without a cost
 * @param share of the roof over this work that is reached
 */
record Row(
    Measurement measured,
    Optional<Cost> cost,
    Optional<Median> timesCpu,
    double rate,
    OptionalDouble share) {

  static Row of(Measurement measured, Results results) {
    Optional<Cost> cost = Costs.of(measured.of().benchmark(), measured.of().parameters());
    Optional<Median> cpu = results.millis(measured.of().by("cpu"));
    double seconds = measured.millis().value() / 1e3;
    double rate = cost.map(one -> one.operations() / seconds).orElse(0.0);
    boolean doubles = "float64".equals(measured.of().parameters().get("dtype"));
    OptionalDouble share = OptionalDouble.empty();
    if (cost.isPresent()) {
      OptionalDouble roof = results.peak().roof(cost.get(), doubles);
      if (roof.isPresent()) {
        share = OptionalDouble.of(rate / roof.getAsDouble());
      }
    }
    return new Row(measured, cost, cpu.map(measured.millis()::ratioTo), rate, share);
  }
}
