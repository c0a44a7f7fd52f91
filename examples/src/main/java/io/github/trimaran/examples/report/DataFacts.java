package io.github.trimaran.examples.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which data or weights a run used.
 *
 * @param name {@code "MNIST"}
 * @param source {@code real}, {@code embedded} or {@code none}
 * @param files digests by file name: {@code sha256:...}
 */
public record DataFacts(String name, String source, Map<String, String> files) {

  /** Keeps a copy in order. */
  public DataFacts {
    files = new LinkedHashMap<>(files);
  }

  /** For an exercise that computes with no data. */
  public static DataFacts none() {
    return new DataFacts("none", "none", Map.of());
  }
}
