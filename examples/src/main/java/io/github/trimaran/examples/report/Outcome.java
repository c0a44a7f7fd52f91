package io.github.trimaran.examples.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an exercise, or another piece of work, found.
 *
 * @param data it computed on
 * @param settings it ran with, by option name with underscores
 * @param runs one or more
 * @param pictures written, by file name in the output folder
 * @param answer to the question it set out with, in a sentence or two with the numbers found
 */
public record Outcome(
    DataFacts data,
    Map<String, Object> settings,
    List<Run> runs,
    List<String> pictures,
    String answer) {

  /** Keeps copies. */
  public Outcome {
    settings = new LinkedHashMap<>(settings);
    runs = List.copyOf(runs);
    pictures = List.copyOf(pictures);
  }
}
