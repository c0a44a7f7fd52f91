package io.github.trimaran.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of training, over several processes.
 *
 * @param by who trains
 * @param data whose shapes
 * @param batch images of a step
 * @param heap the peak of the Java heap, bytes
 * @param resident the peak of what the process had resident, bytes; 0 where the system does not
 *     tell
 */
public record Memory(String by, String data, int batch, Median heap, Median resident) {

  static Memory read(JsonNode record) {
    return new Memory(
        record.get("backend").asText(),
        record.get("data").asText(),
        record.get("batch").asInt(),
        median(record, "heap_bytes"),
        median(record, "resident_bytes"));
  }

  private static Median median(JsonNode record, String name) {
    List<Double> values = new ArrayList<>();
    record.get("processes").forEach(process -> values.add(process.get(name).asDouble()));
    return Median.of(values);
  }
}
