package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import java.util.EnumMap;
import java.util.Map;

/** Counts outcomes by dtype. */
final class Tally {

  /** How a case ended. */
  enum Outcome {
    PASSED,
    FAILED,
    NOT_FUSED,
    EXCLUDED
  }

  private final Map<DType, Map<Outcome, Integer>> counts = new EnumMap<>(DType.class);
  private final long start = System.nanoTime();

  void count(DType dtype, Outcome outcome) {
    counts
        .computeIfAbsent(dtype, key -> new EnumMap<>(Outcome.class))
        .merge(outcome, 1, Integer::sum);
  }

  /** One line a dtype. */
  String report(String backend) {
    StringBuilder lines = new StringBuilder();
    counts.forEach(
        (dtype, outcomes) -> {
          lines.append(String.format("conformance  %-6s %-8s", backend, dtype));
          for (Outcome outcome : Outcome.values()) {
            String label = outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
            lines.append(String.format(" %5d %s ", outcomes.getOrDefault(outcome, 0), label));
          }
          lines.append(System.lineSeparator());
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    return lines.append(String.format("conformance  %-6s in %.1f s", backend, seconds)).toString();
  }
}
