package io.github.trimaran.examples.training;

import io.github.trimaran.array.Shape;
import io.github.trimaran.io.Json;
import io.github.trimaran.io.JsonException;
import io.github.trimaran.io.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is needed to build a network again, saved with its weights.
 *
 * @param network by name, see {@link Networks}
 * @param inputShape of one image, {@code [C, H, W]}
 * @param classNames one for each score it gives
 * @param filters of the convolution
 * @param filterSize rows and columns of a filter
 * @param hidden neurons of the hidden layer
 */
public record NetworkSettings(
    String network,
    Shape inputShape,
    List<String> classNames,
    int filters,
    int filterSize,
    int hidden) {

  /** Keeps a copy of the names. */
  public NetworkSettings {
    classNames = List.copyOf(classNames);
  }

  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", network);
    json.put("input_shape", Arrays.stream(inputShape.dims()).boxed().toList());
    json.put("class_names", classNames);
    json.put("filters", filters);
    json.put("filter_size", filterSize);
    json.put("hidden", hidden);
    return Json.write(json);
  }

  static NetworkSettings fromJson(String text) throws JsonException {
    JsonObject json = Json.parseObject(text);
    return new NetworkSettings(
        json.string("network"),
        Shape.of(Arrays.stream(json.integers("input_shape")).mapToInt(Math::toIntExact).toArray()),
        json.array("class_names").stream().map(String::valueOf).toList(),
        Math.toIntExact(json.integer("filters")),
        Math.toIntExact(json.integer("filter_size")),
        Math.toIntExact(json.integer("hidden")));
  }
}
