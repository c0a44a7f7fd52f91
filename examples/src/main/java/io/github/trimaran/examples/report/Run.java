package io.github.trimaran.examples.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of an exercise or a training, as {@code result.json} has it.
 *
 * @param name what was run: {@code "40 digits, 100 epochs"}
 * @param metrics numbers and words by name
 * @param history values by epoch by name; may be empty
 */
public record Run(String name, Map<String, Object> metrics, Map<String, List<Double>> history) {

  /** Keeps copies in order. */
  public Run {
    metrics = new LinkedHashMap<>(metrics);
    history = new LinkedHashMap<>(history);
  }

  /** A run without history. */
  public static Run of(String name, Map<String, Object> metrics) {
    return new Run(name, metrics, Map.of());
  }
}
