package io.github.trimaran.benchmarks.report;

import io.github.trimaran.benchmarks.cost.Cost;
import io.github.trimaran.benchmarks.probe.ProbeBenchmark;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What the machine can do at most, all threads together; 0 if not measured.
 *
 * @param floats float32 operations a second
 * @param doubles float64 operations a second
 * @param bandwidth bytes a second to and from memory
 */
public record Peak(double floats, double doubles, double bandwidth) {

  /** From the probes among these measurements; each thread did what one call does. */
  static Peak of(List<Measurement> all, int threads) {
    Map<String, Double> best =
        all.stream()
            .filter(one -> one.of().benchmark().startsWith("ProbeBenchmark."))
            .collect(Collectors.toMap(one -> one.of().benchmark(), Measurement::best));
    return new Peak(
        rate(best.get("ProbeBenchmark.multiplyAddFloats"), threads, ProbeBenchmark.PEAK_OPERATIONS),
        rate(
            best.get("ProbeBenchmark.multiplyAddDoubles"), threads, ProbeBenchmark.PEAK_OPERATIONS),
        rate(best.get("ProbeBenchmark.triad"), threads, ProbeBenchmark.TRIAD_BYTES));
  }

  private static double rate(Double millis, int threads, double each) {
    return millis == null ? 0 : threads * each / (millis / 1e3);
  }

  /** Operations a second. */
  public double operations(boolean inDoubles) {
    return inDoubles ? doubles : floats;
  }

  /**
   * The roof over a piece of work, operations a second (Williams et al. 2009): the peak of
   * arithmetic, or as many operations as memory has bytes for. Empty if not measured.
   */
  public OptionalDouble roof(Cost cost, boolean inDoubles) {
    if (operations(inDoubles) == 0 || bandwidth == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.min(operations(inDoubles), cost.intensity() * bandwidth));
  }
}
