package io.github.trimaran.data.table;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A column that the model sees, with what was measured on it. */
sealed interface InputColumn {

  /** The name of the column. */
  String name();

  /** What each of its values in the input is, in order; empty if it has an array of its own. */
  List<String> inputs();

  /**
   * Puts a cell, null if missing, into the input or among the arrays.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  void encode(String cell, float[] input, int offset, Map<String, HostArray> arrays);

  /** What {@link ColumnJson} reads. */
  Map<String, Object> toJson();

  /** Which of the categories a cell is; below 0 if missing. */
  private static int found(
      InputColumn column, String cell, List<String> categories, boolean unknownAsMissing) {
    if (cell == null) {
      return -1;
    }
    int found = Collections.binarySearch(categories, cell);
    if (found < 0 && !unknownAsMissing) {
      throw new IllegalArgumentException(
          "column '"
              + column.name()
              + "' has '"
              + cell
              + "', which the training part does not have; it has "
              + Texts.shortened(categories)
              + "; correct it, or take unknown categories for missing");
    }
    return found;
  }

  /** {@code (x - mean) / std}, 0 if missing; then 1 if missing, 0 if not, where any was. */
  record Numeric(String name, double mean, double std, boolean marked) implements InputColumn {

    @Override
    public List<String> inputs() {
      return marked ? List.of(name, name + " missing") : List.of(name);
    }

    @Override
    public void encode(String cell, float[] input, int offset, Map<String, HostArray> arrays) {
      if (cell == null) {
        input[offset] = 0;
      } else {
        input[offset] = (float) ((Texts.number(name, cell) - mean) / std);
      }
      if (marked) {
        input[offset + 1] = cell == null ? 1 : 0;
      }
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("column", name);
      json.put("as", "number");
      json.put("mean", mean);
      json.put("std", std);
      json.put("marked", marked);
      return json;
    }
  }

  /** One of the categories is 1; all are 0 if missing, but for the last, where any was. */
  record Category(String name, List<String> categories, boolean marked, boolean unknownAsMissing)
      implements InputColumn {

    @Override
    public List<String> inputs() {
      List<String> inputs = new ArrayList<>();
      categories.forEach(category -> inputs.add(name + "=" + category));
      if (marked) {
        inputs.add(name + " missing");
      }
      return inputs;
    }

    @Override
    public void encode(String cell, float[] input, int offset, Map<String, HostArray> arrays) {
      int found = found(this, cell, categories, unknownAsMissing);
      if (found >= 0) {
        input[offset + found] = 1;
      } else if (marked) {
        input[offset + categories.size()] = 1;
      }
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("column", name);
      json.put("as", "category");
      json.put("categories", categories);
      json.put("marked", marked);
      json.put("unknown_as_missing", unknownAsMissing);
      return json;
    }
  }

  /** An array of its own, INT64 {@code []}: 0 if missing, else the category from 1. */
  record Index(String name, List<String> categories, boolean unknownAsMissing)
      implements InputColumn {

    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public void encode(String cell, float[] input, int offset, Map<String, HostArray> arrays) {
      int found = found(this, cell, categories, unknownAsMissing);
      arrays.put(name, HostArray.of(new long[] {Math.max(found + 1, 0)}, Shape.scalar()));
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("column", name);
      json.put("as", "index");
      json.put("categories", categories);
      json.put("unknown_as_missing", unknownAsMissing);
      return json;
    }
  }
}
