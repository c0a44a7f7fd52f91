package io.github.trimaran.benchmarks.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One benchmark with a value for each of its parameters.
 *
 * @param benchmark class and method: {@code Matmul.matmul}
 * @param parameters by name, in order
 */
public record Case(String benchmark, Map<String, String> parameters) {

  /** Sorts the parameters. */
  public Case {
    parameters = new TreeMap<>(parameters);
  }

  /** A case of float32. */
  public static Case of(String benchmark, String backend, String... namesAndValues) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("backend", backend);
    parameters.put("dtype", "float32");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Case(benchmark, parameters);
  }

  /** The same in float64. */
  public Case inFloat64() {
    Map<String, String> changed = new TreeMap<>(parameters);
    changed.put("dtype", "float64");
    return new Case(benchmark, changed);
  }

  /** The same by another. */
  public Case by(String backend) {
    Map<String, String> changed = new TreeMap<>(parameters);
    changed.put("backend", backend);
    return new Case(benchmark, changed);
  }

  /** Who computes. */
  public String backend() {
    return parameters.getOrDefault("backend", "");
  }

  /** The parameters other than who computes: {@code dtype=float32 shape=256x256x256}. */
  public String setting() {
    return parameters.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("backend"))
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /** What a filter is matched against: {@code Matmul.matmul backend=cpu dtype=float32 ...}. */
  public String id() {
    return parameters.isEmpty()
        ? benchmark
        : (benchmark + " backend=" + backend() + " " + setting()).strip();
  }
}
