package io.github.trimaran.data.table;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Collate;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.SampleStream;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From rows of a table to samples, by what a {@link TableRecipe} measured on the training part. It
 * belongs to the model and is saved with it.
 *
 * <pre>{@code
 * TablePreparation cars = TableRecipe.predicting("mpg").without("name").fit(train);
 * DataLoader loader = new DataLoader(cars.samples(train), 32).shuffle(Rng.seeded(1));
 * Layer network = new Sequential(new Linear(cars.width(), 64), new ReLU(), new Linear(64, 1));
 *
 * Map<String, HostArray> one = cars.apply(Map.of("cylinders", 8, "weight", 3504, "origin", "usa"));
 * }</pre>
 *
 * <p>A sample has, in the order of the columns,
 *
 * <ul>
 *   <li>{@code "input"}, float32 {@code [D]}: of a column of numbers {@code (x - mean) / std}, and
 *       0 for a missing one; of a column of categories a 1 for the one it is and 0 for the others.
 *       A column that misses values in the training part has one more, 1 for missing;
 *   <li>an array INT64 {@code []} of its own for each column that was asked for as an index;
 *   <li>{@code "target"}: of numbers float32 {@code [1]}, of classes INT64 {@code []}, in
 *       alphabetical order.
 * </ul>
 */
public final class TablePreparation implements Preparation<Map<String, ?>> {

  static final String KIND = "table";

  private final List<InputColumn> inputs;
  private final TargetColumn target;
  private final List<String> inputNames = new ArrayList<>();

  /**
   * Of these columns.
   *
   * @param target null for none
   */
  TablePreparation(List<InputColumn> inputs, TargetColumn target) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("table: no column is left to predict from");
    }
    this.inputs = List.copyOf(inputs);
    this.target = target;
    inputs.forEach(column -> inputNames.addAll(column.inputs()));
  }

  /** D, the number of values in an input. */
  public int width() {
    return inputNames.size();
  }

  /** What each value of the input is: {@code weight}, {@code origin=usa}, {@code power missing}. */
  public List<String> inputNames() {
    return List.copyOf(inputNames);
  }

  /** The columns that the input is made of. */
  public List<String> columns() {
    return inputs.stream().map(InputColumn::name).toList();
  }

  /**
   * The categories of a column of such, in the order of their numbers.
   *
   * @throws IllegalArgumentException if it is none
   */
  public List<String> categories(String column) {
    for (InputColumn input : inputs) {
      if (input.name().equals(column)) {
        if (input instanceof InputColumn.Category category) {
          return category.categories();
        }
        if (input instanceof InputColumn.Index index) {
          return index.categories();
        }
      }
    }
    throw new IllegalArgumentException("table: '" + column + "' is no column of categories");
  }

  /**
   * The names of classes 0, 1, ...
   *
   * @throws IllegalArgumentException if a number is predicted, or nothing
   */
  public List<String> classes() {
    if (target instanceof TargetColumn.Classes classes) {
      return classes.categories();
    }
    throw new IllegalArgumentException(
        "table: what is predicted has no classes; take it for categories in the recipe");
  }

  /** What scores mean: the class and its probability; see {@link #classes}. */
  public ClassAnswer classAnswer() {
    return new ClassAnswer(classes());
  }

  /**
   * What a model's number means: {@code number * std + mean} where the target was standardised.
   *
   * @throws IllegalArgumentException if a class is predicted, or nothing
   */
  public NumberAnswer numberAnswer() {
    if (target instanceof TargetColumn.Numeric number) {
      return new NumberAnswer(number.mean(), number.std());
    }
    throw new IllegalArgumentException("table: what is predicted is no number");
  }

  /**
   * All rows as samples, prepared at once and kept in memory.
   *
   * @throws DataException if a row cannot be used, with its place
   */
  public Samples samples(Rows rows) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (SampleStream.Reader reader = reader(rows)) {
      for (Sample sample = reader.next(); sample != null; sample = reader.next()) {
        samples.add(sample);
      }
    }
    if (samples.isEmpty()) {
      throw new DataException(rows.name() + ": has no rows");
    }
    return Samples.of(Collate.stack().batch(samples).arrays());
  }

  /** All rows as samples, read and prepared again in every epoch: for more than memory holds. */
  public SampleStream stream(Rows rows) throws IOException {
    return SampleStream.of(rows.count(), () -> reader(rows));
  }

  private SampleStream.Reader reader(Rows rows) throws IOException {
    List<String> columns = rows.columns();
    int[] places = new int[inputs.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = Texts.column(rows, columns, inputs.get(i).name());
    }
    int targetPlace = target == null ? -1 : Texts.column(rows, columns, target.name());
    Rows.Cursor cursor = rows.open();
    return SampleStream.Reader.of(
        () -> {
          Row row = cursor.next();
          return row == null ? null : sample(row, places, targetPlace);
        },
        cursor);
  }

  private Sample sample(Row row, int[] places, int targetPlace) throws DataException {
    try {
      Map<String, HostArray> arrays = encode(i -> row.cells().get(places[i]));
      if (target != null) {
        arrays.put(Batch.TARGET, target(row.cells().get(targetPlace)));
      }
      return Sample.of(arrays);
    } catch (IllegalArgumentException e) {
      throw new DataException(row.place() + ": " + e.getMessage(), e);
    }
  }

  private HostArray target(String cell) {
    if (cell == null) {
      throw new IllegalArgumentException(
          "column '"
              + target.name()
              + "' is missing, which is to be predicted; leave such rows out (withoutMissing)");
    }
    return target.encode(cell);
  }

  /**
   * The input of one row by the names of its columns, without the target. Null, or a text that
   * means so in a {@link CsvFile}, is a missing value.
   *
   * @throws IllegalArgumentException if a column is not among them, or cannot be used
   */
  @Override
  public Map<String, HostArray> apply(Map<String, ?> row) {
    return encode(
        i -> {
          String name = inputs.get(i).name();
          if (!row.containsKey(name)) {
            throw new IllegalArgumentException(
                "table: the row has no '"
                    + name
                    + "'; put null if it is missing; it has "
                    + row.keySet());
          }
          String cell = row.get(name) == null ? "" : row.get(name).toString().strip();
          return CsvFile.MISSING.contains(cell) ? null : cell;
        });
  }

  /** A row in which everything is missing. */
  @Override
  public Map<String, HostArray> example() {
    return encode(i -> null);
  }

  /** The text of an input column. */
  @FunctionalInterface
  private interface Cells {
    String get(int column);
  }

  private Map<String, HostArray> encode(Cells cells) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    float[] values = new float[width()];
    if (values.length > 0) {
      arrays.put(Batch.INPUT, HostArray.of(values, Shape.of(values.length)));
    }
    int offset = 0;
    for (int i = 0; i < inputs.size(); i++) {
      InputColumn column = inputs.get(i);
      column.encode(cells.get(i), values, offset, arrays);
      offset += column.inputs().size();
    }
    return arrays;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("columns", inputs.stream().map(InputColumn::toJson).toList());
    settings.put("target", target == null ? null : target.toJson());
    return settings;
  }

  /** What {@link #settings} wrote. */
  public static TablePreparation fromJson(JsonObject json) throws JsonException {
    List<InputColumn> inputs = new ArrayList<>();
    for (JsonObject column : json.objects("columns")) {
      inputs.add(ColumnJson.input(column));
    }
    TargetColumn target =
        json.value("target") == null ? null : ColumnJson.target(json.object("target"));
    return new TablePreparation(inputs, target);
  }

  @Override
  public String toString() {
    return "table: " + inputNames + (target == null ? "" : " -> " + target.name());
  }
}
