package io.github.trimaran.benchmarks.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.benchmarks.run.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that one run measured.
 *
 * @param facts of machine, JVM and libraries; see {@code docs/benchmarks.md}
 * @param measurements without the probes
 * @param peak what the probes found
 * @param memory of training
 * @param failures one line each
 */
public record Results(
    JsonNode facts,
    List<Measurement> measurements,
    Peak peak,
    List<Memory> memory,
    List<String> failures) {

  /**
   * Reads {@code results.json}.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Results read(Path file) throws IOException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(file.toFile());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
    for (String field : List.of("jmh", "memory", "failures", "threads", "machine", "jvm")) {
      if (!root.has(field)) {
        throw new IllegalArgumentException(
            file + " is no results.json of 'trimaran benchmark': it has no '" + field + "'");
      }
    }
    return of(root);
  }

  /** From the parsed file. */
  public static Results of(JsonNode root) {
    List<Measurement> all = new ArrayList<>();
    root.get("jmh").forEach(record -> all.add(Measurement.read(record)));
    List<Memory> memory = new ArrayList<>();
    root.get("memory").forEach(record -> memory.add(Memory.read(record)));
    List<String> failures = new ArrayList<>();
    root.get("failures").forEach(line -> failures.add(line.asText()));
    Peak peak = Peak.of(all, root.get("threads").asInt());
    all.removeIf(one -> one.of().benchmark().startsWith("ProbeBenchmark."));
    return new Results(root, all, peak, memory, failures);
  }

  /** The time of a case, if it was measured. */
  public Optional<Median> millis(Case of) {
    return measurements.stream()
        .filter(one -> one.of().equals(of))
        .map(Measurement::millis)
        .findFirst();
  }

  /** The least number of JVMs that measured a case. */
  public int forks() {
    return measurements.stream().mapToInt(Measurement::forks).min().orElse(0);
  }
}
