package io.github.trimaran.data.table;

import io.github.trimaran.data.DataException;
import io.github.trimaran.data.Splits;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table in memory: rows of texts, some missing, in named columns. What the columns mean is
 * decided by a {@link TableRecipe}.
 *
 * <pre>{@code
 * Table cars = CsvFile.of(Path.of("mpg.csv")).read();
 * List<Table> trainTest = cars.split(Rng.seeded(1), 0.8, 0.2);
 * double[] power = cars.numbers("horsepower");                  // NaN where it is missing
 * }</pre>
 */
public final class Table implements Rows {

  private final String name;
  private final List<String> columns;
  private final List<Row> rows;

  private Table(String name, List<String> columns, List<Row> rows) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /** Of cells, null for missing ones; each row has one a column. */
  public static Table of(List<String> columns, List<List<String>> cells) {
    List<Row> rows = new ArrayList<>();
    for (List<String> row : cells) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table: line "
                + (rows.size() + 1)
                + " has "
                + row.size()
                + " cells, but there are "
                + columns.size()
                + " columns");
      }
      rows.add(Row.of("table", rows.size() + 1, row.toArray(String[]::new)));
    }
    return new Table("table", columns, rows);
  }

  /** All of these rows. */
  static Table of(Rows source) throws IOException {
    List<Row> rows = new ArrayList<>();
    // Most texts come many times.
    Map<String, String> known = new HashMap<>();
    try (Cursor cursor = source.open()) {
      for (Row row = cursor.next(); row != null; row = cursor.next()) {
        String[] cells = row.cells().toArray(String[]::new);
        for (int i = 0; i < cells.length; i++) {
          cells[i] = cells[i] == null ? null : known.computeIfAbsent(cells[i], text -> text);
        }
        rows.add(new Row(row.table(), row.line(), Arrays.asList(cells)));
      }
    }
    return new Table(source.name(), source.columns(), rows);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  @Override
  public long count() {
    return rows.size();
  }

  /** A row, from 0. */
  public Row row(int index) {
    return rows.get(index);
  }

  @Override
  public Cursor open() {
    var iterator = rows.iterator();
    return new Cursor() {
      @Override
      public Row next() {
        return iterator.hasNext() ? iterator.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  /** The texts of a column, null for missing ones. */
  public List<String> texts(String column) throws DataException {
    int index = Texts.column(this, columns, column);
    return rows.stream().map(row -> row.cells().get(index)).collect(Collectors.toList());
  }

  /**
   * The numbers of a column, NaN for missing ones.
   *
   * @throws DataException if a cell is no number, with its line
   */
  public double[] numbers(String column) throws DataException {
    int index = Texts.column(this, columns, column);
    double[] numbers = new double[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      String cell = rows.get(i).cells().get(index);
      numbers[i] = cell == null ? Double.NaN : Texts.number(cell);
      if (cell != null && Double.isNaN(numbers[i])) {
        throw new DataException(
            rows.get(i).place() + ": '" + cell + "' in column '" + column + "' is no number");
      }
    }
    return numbers;
  }

  /**
   * The classes of a column: its texts in alphabetical order are 0, 1, ..., missing ones -1. For
   * {@link Splits#stratified}.
   */
  public int[] labels(String column) throws DataException {
    List<String> texts = texts(column);
    List<String> classes =
        List.copyOf(
            texts.stream().filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new)));
    return texts.stream().mapToInt(text -> text == null ? -1 : classes.indexOf(text)).toArray();
  }

  /** The rows at these positions, in their order. */
  public Table select(int... indices) {
    return new Table(name, columns, Arrays.stream(indices).mapToObj(rows::get).toList());
  }

  /** Parts at random; see {@link Splits#random}. */
  public List<Table> split(Rng rng, double... shares) {
    return Splits.random(size(), rng, shares).stream().map(this::select).toList();
  }

  /** Parts at random that have of each text of a column their share. */
  public List<Table> split(String column, Rng rng, double... shares) throws DataException {
    return Splits.stratified(labels(column), rng, shares).stream().map(this::select).toList();
  }

  /** The rows that miss nothing in these columns; in any, if none are named. */
  public Table withoutMissing(String... names) throws DataException {
    List<Integer> asked = new ArrayList<>();
    for (String column : names.length == 0 ? columns : List.of(names)) {
      asked.add(Texts.column(this, columns, column));
    }
    return select(
        IntStream.range(0, rows.size())
            .filter(i -> asked.stream().allMatch(c -> rows.get(i).cells().get(c) != null))
            .toArray());
  }

  @Override
  public String toString() {
    return name + ": " + rows.size() + " rows, columns " + columns;
  }
}
