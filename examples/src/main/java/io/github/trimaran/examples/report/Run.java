package io.github.trimaran.examples.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.trimaran.io.weights.StateDict;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of an exercise or a training, as {@code result.json} has it.
 *
 * @param name what was run: {@code "40 digits, 100 epochs"}
 * @param metrics numbers and words by name
 * @param history values by epoch by name; may be empty
 * @param historyBy what the values are by if not by epoch: {@code "iteration"}
 * @param layers shapes of the network's parameters and buffers, by name in the layer that has them,
 *     in the order of the network; empty where there is no network
 */
public record Run(
    String name,
    Map<String, Object> metrics,
    Map<String, List<Double>> history,
    @JsonProperty("history_by") @JsonInclude(JsonInclude.Include.NON_EMPTY) String historyBy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, List<Integer>>> layers) {

  /** Keeps copies in order. */
  public Run {
    metrics = new LinkedHashMap<>(metrics);
    history = new LinkedHashMap<>(history);
    layers = new LinkedHashMap<>(layers);
  }

  /** A run whose history is by epoch. */
  public Run(String name, Map<String, Object> metrics, Map<String, List<Double>> history) {
    this(name, metrics, history, "", Map.of());
  }

  /** The same, whose history is by something else. */
  public Run by(String what) {
    return new Run(name, metrics, history, what, layers);
  }

  /** The same with further metrics. */
  public Run with(Map<String, Object> further) {
    Map<String, Object> all = new LinkedHashMap<>(metrics);
    all.putAll(further);
    return new Run(name, all, history, historyBy, layers);
  }

  /** The same of a network with these parameters and buffers. */
  public Run ofNetwork(StateDict weights) {
    Map<String, Map<String, List<Integer>>> shapes = new LinkedHashMap<>();
    weights
        .arrays()
        .forEach(
            (name, values) -> {
              int end = name.lastIndexOf('.');
              shapes
                  .computeIfAbsent(
                      name.substring(0, Math.max(0, end)), key -> new LinkedHashMap<>())
                  .put(
                      name.substring(end + 1),
                      Arrays.stream(values.shape().dims()).boxed().toList());
            });
    return new Run(name, metrics, history, historyBy, shapes);
  }

  /** A run without history. */
  public static Run of(String name, Map<String, Object> metrics) {
    return new Run(name, metrics, Map.of());
  }
}
