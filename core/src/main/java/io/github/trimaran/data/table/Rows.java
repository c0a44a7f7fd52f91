package io.github.trimaran.data.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Rows of a table that are read from front to back: a {@link Table} in memory, or a {@link CsvFile}
 * of any length.
 *
 * <pre>{@code
 * try (Rows.Cursor cursor = rows.open()) {
 *   for (Row car = cursor.next(); car != null; car = cursor.next()) {
 *     System.out.println(car);
 *   }
 * }
 * }</pre>
 */
public interface Rows {

  /** How errors call the table: the name of its file. */
  String name();

  /** The names of the columns, all different. */
  List<String> columns() throws IOException;

  /** Begins at the first row. */
  Cursor open() throws IOException;

  /** The number of rows; a file is read once for it. */
  default long count() throws IOException {
    long count = 0;
    try (Cursor cursor = open()) {
      while (cursor.next() != null) {
        count++;
      }
    }
    return count;
  }

  /** A place among the rows. */
  interface Cursor extends Closeable {

    /** The next row; null after the last. */
    Row next() throws IOException;
  }
}
