package io.github.trimaran.data.table;

import io.github.trimaran.data.DataException;
import java.util.List;

/** The texts of cells. */
final class Texts {

  private static final int SHOWN = 10;

  private Texts() {}

  /** The number, or NaN if it is none: {@code 1.5}, {@code -3}, {@code 2e-4}; nothing infinite. */
  static double number(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Java itself would take 1f, 0x1p3 and Infinity too.
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return Double.NaN;
      }
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isInfinite(number) ? Double.NaN : number;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The number in a cell of that column. */
  static double number(String column, String cell) {
    double value = number(cell);
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "column '"
              + column
              + "' has '"
              + cell
              + "', which is no number; correct it, or say that it stands for a missing value");
    }
    return value;
  }

  /** Where a column stands, from 0. */
  static int column(Rows table, List<String> columns, String name) throws DataException {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new DataException(
          table.name()
              + ": there is no column '"
              + name
              + "'; there are "
              + columns
              + (columns.size() == 1 ? "; does ',' separate them?" : ""));
    }
    return index;
  }

  /** The first few. */
  static String shortened(List<String> texts) {
    return texts.size() <= SHOWN
        ? texts.toString()
        : texts.subList(0, SHOWN) + " and " + (texts.size() - SHOWN) + " more";
  }
}
