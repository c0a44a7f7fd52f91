package io.github.trimaran.data.table;

import io.github.trimaran.data.DataException;
import java.util.List;
import java.util.TreeSet;

/** Measures one column of the training part. */
final class ColumnFit {

  private final String name;
  private final int index;
  private final ColumnKind asked;
  private final boolean numeric;
  private final int maxCategories;
  private final TreeSet<String> categories = new TreeSet<>();
  private String firstText;
  private boolean anyMissing;
  private long count;
  private double mean;
  private double squares;

  /**
   * Of a column.
   *
   * @param index where it stands in a row
   * @param asked null to find out
   */
  ColumnFit(String name, int index, ColumnKind asked, int maxCategories) {
    this(name, index, asked, asked == null || asked == ColumnKind.NUMBER, maxCategories);
  }

  private ColumnFit(String name, int index, ColumnKind asked, boolean numeric, int maxCategories) {
    this.name = name;
    this.index = index;
    this.asked = asked;
    this.numeric = numeric;
    this.maxCategories = maxCategories;
  }

  String name() {
    return name;
  }

  void add(Row row) throws DataException {
    String cell = row.cells().get(index);
    if (cell == null) {
      anyMissing = true;
    } else if (numeric) {
      addNumber(row, cell);
    } else {
      addCategory(row, cell);
    }
  }

  /** Welford 1962, "Note on a method for calculating corrected sums of squares and products". */
  private void addNumber(Row row, String cell) throws DataException {
    double value = Texts.number(cell);
    if (Double.isNaN(value)) {
      if (asked == ColumnKind.NUMBER) {
        throw new DataException(
            row.place()
                + ": column '"
                + name
                + "' has '"
                + cell
                + "', which is no number; correct it, or say that it stands for a missing value");
      }
      firstText = firstText == null ? row.place() + " has '" + cell + "'" : firstText;
      return;
    }
    count++;
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }

  private void addCategory(Row row, String cell) throws DataException {
    categories.add(cell);
    if (categories.size() > maxCategories) {
      throw new DataException(
          row.place()
              + ": column '"
              + name
              + "' has more than "
              + maxCategories
              + " different texts"
              + (firstText == null ? "" : " (taken for categories, as " + firstText + ")")
              + "; leave it out, or correct what is no number, or allow more categories");
    }
  }

  /** Whether it was taken for numbers and a text came. */
  boolean turnsOutText() {
    return numeric && firstText != null;
  }

  ColumnFit asCategories() {
    ColumnFit fit = new ColumnFit(name, index, ColumnKind.CATEGORY, false, maxCategories);
    fit.firstText = firstText;
    return fit;
  }

  /** A column that never varies gets deviation 1: it becomes 0, not NaN. */
  private double std() {
    return squares > 0 ? Math.sqrt(squares / count) : 1;
  }

  InputColumn input(boolean unknownAsMissing) throws DataException {
    if (numeric) {
      requireValues(count);
      return new InputColumn.Numeric(name, mean, std(), anyMissing);
    }
    requireValues(categories.size());
    List<String> sorted = List.copyOf(categories);
    return asked == ColumnKind.INDEX
        ? new InputColumn.Index(name, sorted, unknownAsMissing)
        : new InputColumn.Category(name, sorted, anyMissing, unknownAsMissing);
  }

  TargetColumn target(boolean standardized) throws DataException {
    if (numeric) {
      requireValues(count);
      return new TargetColumn.Numeric(name, standardized ? mean : 0, standardized ? std() : 1);
    }
    requireValues(categories.size());
    return new TargetColumn.Classes(name, List.copyOf(categories));
  }

  private void requireValues(long values) throws DataException {
    if (values == 0) {
      throw new DataException(
          "table: column '" + name + "' has no value in any row to train with; leave it out");
    }
  }
}
