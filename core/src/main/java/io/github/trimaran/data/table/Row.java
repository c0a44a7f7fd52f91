package io.github.trimaran.data.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A row of a table as texts; null for a missing value.
 *
 * <pre>{@code
 * Row car = Row.of("cars.csv", 17, "18.0", "8", null, "usa");
 * }</pre>
 *
 * @param table the name of its table
 * @param line where it is in there, from 1
 * @param cells one a column; kept and not copied
 */
public record Row(String table, long line, List<String> cells) {

  /** Keeps the cells from being changed. */
  public Row {
    cells = Collections.unmodifiableList(cells);
  }

  /** Of these cells, null for missing ones. */
  public static Row of(String table, long line, String... cells) {
    return new Row(table, line, Arrays.asList(cells.clone()));
  }

  /** How errors call it: {@code cars.csv, line 17}. */
  public String place() {
    return table + ", line " + line;
  }

  @Override
  public String toString() {
    return place() + ": " + cells;
  }
}
