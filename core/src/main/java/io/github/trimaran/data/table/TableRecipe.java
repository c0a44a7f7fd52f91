package io.github.trimaran.data.table;

import io.github.trimaran.data.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a table is to become samples: which column to predict, which to leave out, and what kind of
 * column each is. {@link #fit} measures the rest on the training part.
 *
 * <pre>{@code
 * TablePreparation cars =
 *     TableRecipe.predicting("mpg").without("name").category("cylinders").fit(train);
 * }</pre>
 *
 * <p>A column of which every text is a number is taken for numbers, any other for categories,
 * unless told otherwise.
 */
public final class TableRecipe {

  private static final int MAX_CATEGORIES = 1000;

  private final String target;
  private Set<String> without = Set.of();
  private Map<String, ColumnKind> kinds = Map.of();
  private boolean standardizedTarget;
  private boolean unknownAsMissing;
  private int maxCategories = MAX_CATEGORIES;

  private TableRecipe(String target) {
    this.target = target;
  }

  /** Predicts that column from the others: a number, or a class. */
  public static TableRecipe predicting(String column) {
    return new TableRecipe(column);
  }

  /** Predicts nothing: samples have no target. */
  public static TableRecipe withoutTarget() {
    return new TableRecipe(null);
  }

  private TableRecipe changed(Consumer<TableRecipe> change) {
    TableRecipe copy = new TableRecipe(target);
    copy.without = without;
    copy.kinds = kinds;
    copy.standardizedTarget = standardizedTarget;
    copy.unknownAsMissing = unknownAsMissing;
    copy.maxCategories = maxCategories;
    change.accept(copy);
    return copy;
  }

  /** The same without these columns: names, numbers of rows, what gives the answer away. */
  public TableRecipe without(String... columns) {
    Set<String> more = new HashSet<>(without);
    more.addAll(List.of(columns));
    return changed(copy -> copy.without = more);
  }

  /** The same with these columns taken for numbers: then a text that is none is an error. */
  public TableRecipe number(String... columns) {
    return kind(ColumnKind.NUMBER, columns);
  }

  /** The same with these columns taken for categories, though they may look like numbers. */
  public TableRecipe category(String... columns) {
    return kind(ColumnKind.CATEGORY, columns);
  }

  /**
   * The same with these columns taken for categories and given as their numbers, each as an array
   * of its column's name, INT64 {@code []}, for an {@code Embedding}: 0 is a missing value, the
   * categories are 1, 2, ... in alphabetical order.
   */
  public TableRecipe index(String... columns) {
    return kind(ColumnKind.INDEX, columns);
  }

  private TableRecipe kind(ColumnKind kind, String... columns) {
    Map<String, ColumnKind> more = new LinkedHashMap<>(kinds);
    Arrays.stream(columns).forEach(column -> more.put(column, kind));
    return changed(copy -> copy.kinds = more);
  }

  /**
   * The same with the number to predict standardised like the inputs, which makes training easier;
   * {@link TablePreparation#numberAnswer} turns the model's answer back.
   */
  public TableRecipe standardizedTarget() {
    return changed(copy -> copy.standardizedTarget = true);
  }

  /** The same with categories that the training part does not have taken for missing values. */
  public TableRecipe unknownAsMissing() {
    return changed(copy -> copy.unknownAsMissing = true);
  }

  /** The same with another limit of categories in a column, at first 1000. */
  public TableRecipe maxCategories(int count) {
    return changed(copy -> copy.maxCategories = count);
  }

  /**
   * Measures means, deviations and categories, which belong to the model from then on.
   *
   * @param train the rows to train with, and no others, else what is measured on the others says
   *     nothing
   * @throws DataException if a column is not there, holds too many different texts, or has a text
   *     that is no number where numbers were asked for
   */
  public TablePreparation fit(Rows train) throws IOException {
    List<ColumnFit> fits = fits(train);
    pass(train, fits);
    if (fits.stream().anyMatch(ColumnFit::turnsOutText)) {
      // Columns that were measured as numbers until a text came: now as categories.
      fits.replaceAll(fit -> fit.turnsOutText() ? fit.asCategories() : fit);
      pass(train, fits);
    }
    TargetColumn prepared = null;
    List<InputColumn> inputs = new ArrayList<>();
    for (ColumnFit fit : fits) {
      if (fit.name().equals(target)) {
        prepared = fit.target(standardizedTarget);
      } else {
        inputs.add(fit.input(unknownAsMissing));
      }
    }
    return new TablePreparation(inputs, prepared);
  }

  private List<ColumnFit> fits(Rows train) throws IOException {
    List<String> columns = train.columns();
    Set<String> named = new HashSet<>(without);
    named.addAll(kinds.keySet());
    if (target != null) {
      named.add(target);
    }
    for (String column : named) {
      Texts.column(train, columns, column);
    }
    if (target != null && (without.contains(target) || kinds.get(target) == ColumnKind.INDEX)) {
      throw new IllegalArgumentException(
          "table: '" + target + "' is to be predicted; it can be neither left out nor an index");
    }
    List<ColumnFit> fits = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (!without.contains(column)) {
        fits.add(new ColumnFit(column, i, kinds.get(column), maxCategories));
      }
    }
    return fits;
  }

  private static void pass(Rows train, List<ColumnFit> fits) throws IOException {
    long count = 0;
    try (Rows.Cursor cursor = train.open()) {
      for (Row row = cursor.next(); row != null; row = cursor.next()) {
        for (ColumnFit fit : fits) {
          fit.add(row);
        }
        count++;
      }
    }
    if (count == 0) {
      throw new DataException(train.name() + ": has no rows to measure");
    }
  }
}
