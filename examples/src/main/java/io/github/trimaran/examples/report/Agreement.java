package io.github.trimaran.examples.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How far the numbers of two runs of the same work lie apart, by their {@code result.json}. */
public final class Agreement {

  /** What differs by nature: times, and what is itself a difference. */
  private static final Set<String> NOT_COMPARED =
      Set.of("seconds", "images_per_second", "abs_error", "abs_error_second");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Agreement() {}

  /**
   * One number of two runs.
   *
   * @param run its name
   * @param metric its name
   * @param value of this run
   * @param reference of the other
   */
  public record Difference(String run, String metric, double value, double reference) {

    /** The difference relative to the reference; absolute where that is 0. */
    public double relative() {
      double difference = Math.abs(value - reference);
      return reference == 0 ? difference : difference / Math.abs(reference);
    }
  }

  /** All numbers that two output folders have in common. */
  public static List<Difference> between(Path folder, Path reference) throws IOException {
    JsonNode runs = read(folder).path("runs");
    JsonNode others = read(reference).path("runs");
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < Math.min(runs.size(), others.size()); i++) {
      JsonNode other = others.get(i).path("metrics");
      String run = runs.get(i).path("name").asText();
      runs.get(i)
          .path("metrics")
          .properties()
          .forEach(
              metric -> {
                JsonNode value = metric.getValue();
                JsonNode expected = other.path(metric.getKey());
                if (value.isNumber()
                    && expected.isNumber()
                    && !NOT_COMPARED.contains(metric.getKey())) {
                  differences.add(
                      new Difference(run, metric.getKey(), value.asDouble(), expected.asDouble()));
                }
              });
    }
    return differences;
  }

  /** The largest difference of two output folders, in words. */
  public static String describe(Path folder, Path reference) throws IOException {
    return between(folder, reference).stream()
        .max(Comparator.comparingDouble(Difference::relative))
        .map(
            d ->
                String.format(
                    Locale.ROOT,
                    "%.2g relative: %s of '%s' is %.9g against %.9g",
                    d.relative(),
                    d.metric(),
                    d.run(),
                    d.value(),
                    d.reference()))
        .orElse("nothing to compare");
  }

  private static JsonNode read(Path folder) throws IOException {
    return MAPPER.readTree(folder.resolve(ResultFile.NAME).toFile());
  }
}
