package io.github.trimaran.data.table;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The column to predict. */
sealed interface TargetColumn {

  /** The name of the column. */
  String name();

  /**
   * The target of a cell.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  HostArray encode(String cell);

  /** What {@link ColumnJson} reads. */
  Map<String, Object> toJson();

  /** {@code (x - mean) / std}, float32 {@code [1]}. */
  record Numeric(String name, double mean, double std) implements TargetColumn {

    @Override
    public HostArray encode(String cell) {
      float value = (float) ((Texts.number(name, cell) - mean) / std);
      return HostArray.of(new float[] {value}, Shape.of(1));
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("column", name);
      json.put("as", "number");
      json.put("mean", mean);
      json.put("std", std);
      return json;
    }
  }

  /** The class from 0, INT64 {@code []}. */
  record Classes(String name, List<String> categories) implements TargetColumn {

    @Override
    public HostArray encode(String cell) {
      int found = Collections.binarySearch(categories, cell);
      if (found < 0) {
        throw new IllegalArgumentException(
            "column '"
                + name
                + "' has the class '"
                + cell
                + "', which the training part does not have; it has "
                + Texts.shortened(categories)
                + "; correct it, or split so that each class is in the training part");
      }
      return HostArray.of(new long[] {found}, Shape.scalar());
    }

    @Override
    public Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("column", name);
      json.put("as", "classes");
      json.put("categories", categories);
      return json;
    }
  }
}
