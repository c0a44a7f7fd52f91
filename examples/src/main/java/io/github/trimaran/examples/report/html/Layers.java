package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The networks layer by layer, with the shapes of what they learned; equal ones are told once. */
final class Layers {

  private static final int MOST_NETWORKS = 12;

  private Layers() {}

  /** Draws those of all runs of the results, which go by their labels; empty if there is none. */
  static Optional<Html> draw(Map<String, JsonNode> results) {
    Map<JsonNode, List<String>> networks = new LinkedHashMap<>();
    results.forEach(
        (label, result) -> {
          for (JsonNode run : result.path("runs")) {
            JsonNode layers = run.path("layers");
            if (layers.isObject() && !layers.isEmpty()) {
              String name = (label + " " + Values.text(run.path("name"))).strip();
              networks.computeIfAbsent(layers, key -> new ArrayList<>()).add(name);
            }
          }
        });
    if (networks.isEmpty()) {
      return Optional.empty();
    }
    Html html = new Html().open("section").element("h2", "Layers and their parameters");
    networks.entrySet().stream()
        .limit(MOST_NETWORKS)
        .forEach(
            network -> {
              if (networks.size() > 1) {
                html.element("h3", String.join("; ", network.getValue()));
              }
              html.add(table(network.getKey()));
            });
    int more = networks.size() - MOST_NETWORKS;
    if (more > 0) {
      html.element("p", "and " + more + " more networks in result.json", "class", "quiet");
    }
    return Optional.of(html.close());
  }

  private static Html table(JsonNode layers) {
    Grid grid = new Grid("layer", List.of("has", "numbers"));
    long all = 0;
    for (Map.Entry<String, JsonNode> layer : layers.properties()) {
      List<String> parts = new ArrayList<>();
      long numbers = 0;
      for (Map.Entry<String, JsonNode> part : layer.getValue().properties()) {
        parts.add(part.getKey() + " " + shape(part.getValue()));
        numbers += size(part.getValue());
      }
      grid.row(layer.getKey(), List.of(String.join(", ", parts), count(numbers)), false);
      all += numbers;
    }
    return grid.row("all", List.of("", count(all)), false).draw();
  }

  private static String shape(JsonNode shape) {
    List<String> extents = new ArrayList<>();
    shape.forEach(extent -> extents.add(extent.asText()));
    return extents.isEmpty() ? "1" : String.join(" × ", extents);
  }

  private static long size(JsonNode shape) {
    long size = 1;
    for (JsonNode extent : shape) {
      size *= extent.asLong();
    }
    return size;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
