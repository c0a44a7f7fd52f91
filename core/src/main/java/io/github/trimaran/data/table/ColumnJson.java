package io.github.trimaran.data.table;

import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads columns as they were written. */
final class ColumnJson {

  private static final String AS = "as";

  private ColumnJson() {}

  static InputColumn input(JsonObject json) throws JsonException {
    String name = json.string("column");
    return switch (json.string(AS)) {
      case "number" ->
          new InputColumn.Numeric(name, json.number("mean"), deviation(json), json.bool("marked"));
      case "category" ->
          new InputColumn.Category(
              name, categories(json), json.bool("marked"), json.bool("unknown_as_missing"));
      case "index" ->
          new InputColumn.Index(name, categories(json), json.bool("unknown_as_missing"));
      default -> throw unknown(json);
    };
  }

  static TargetColumn target(JsonObject json) throws JsonException {
    String name = json.string("column");
    return switch (json.string(AS)) {
      case "number" -> new TargetColumn.Numeric(name, json.number("mean"), deviation(json));
      case "classes" -> new TargetColumn.Classes(name, categories(json));
      default -> throw unknown(json);
    };
  }

  private static JsonException unknown(JsonObject json) throws JsonException {
    return new JsonException(
        "table: column '" + json.string("column") + "' is '" + json.string(AS) + "', not known");
  }

  private static double deviation(JsonObject json) throws JsonException {
    double std = json.number("std");
    if (!(std > 0)) {
      throw new JsonException("table: the deviation of a column must be over 0, is " + std);
    }
    return std;
  }

  /** They must be sorted, each once: that is how they are searched. */
  private static List<String> categories(JsonObject json) throws JsonException {
    List<String> categories = new ArrayList<>();
    for (Object item : json.array("categories")) {
      if (!(item instanceof String text)) {
        throw new JsonException("table: a category should be a string, is " + item);
      }
      categories.add(text);
    }
    if (categories.isEmpty() || !List.copyOf(new TreeSet<>(categories)).equals(categories)) {
      throw new JsonException("table: categories must be sorted and different, are " + categories);
    }
    return categories;
  }
}
