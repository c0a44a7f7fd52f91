package io.github.trimaran.spark;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.ArrayPreparation;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.data.prediction.NumbersAnswer;
import io.github.trimaran.data.prediction.PixelPreparation;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.data.table.NumberAnswer;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.train.prediction.PredictorSettings;
import io.github.trimaran.train.prediction.SavedPredictor;
import io.github.trimaran.vision.data.PicturePreparation;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A saved predictor that answers for the rows of a data frame: one model a JVM, with as many
 * threads as the executor has cores, asked in batches within partitions.
 *
 * <pre>{@code
 * SparkPredictor digits = SparkPredictor.load(spark, Path.of("digits.st"), "cpu");
 * Dataset<Row> answered = digits.predict(pictures, "content");   // and label, class, probability
 * digits.register("digit");
 * spark.sql("SELECT path, digit(content).label FROM pictures");
 * }</pre>
 *
 * <p>What a column may hold follows from the predictor's preparation: arrays of numbers for one
 * that takes arrays or pixels, the bytes of picture files (as the data source {@code binaryFile}
 * gives them) for one that takes pictures. The answer's columns are
 *
 * <pre>
 * a class:   label (text), class (number), probability, probabilities (array)
 * numbers:   values (array)
 * a number:  value
 * others:    answer (text)
 * </pre>
 */
public final class SparkPredictor implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int BATCH = 32;

  /** Of the columns that an answer gives. */
  private enum Kind {
    CLASS,
    NUMBERS,
    NUMBER,
    TEXT
  }

  private final transient SparkSession spark;
  private final Broadcast<byte[]> file;
  private final String digest;
  private final String backend;
  private final Kind kind;
  private final int[] shape;
  private final int batch;
  private final Versions versions;

  private SparkPredictor(
      SparkSession spark,
      Broadcast<byte[]> file,
      String digest,
      String backend,
      Kind kind,
      int[] shape,
      int batch,
      Versions versions) {
    this.spark = spark;
    this.file = file;
    this.digest = digest;
    this.backend = backend;
    this.kind = kind;
    this.shape = shape;
    this.batch = batch;
    this.versions = versions;
  }

  /**
   * Of a file of the driver that {@link io.github.trimaran.train.prediction.Predictor#save} wrote;
   * executors get it from there.
   *
   * @param backend to compute with, which must be on the executors' class path
   * @throws IOException in one line, if it is missing, damaged, no predictor, or takes something
   *     that no column holds
   */
  public static SparkPredictor load(SparkSession spark, Path file, String backend)
      throws IOException {
    SavedPredictor saved = SavedPredictor.read(file, PredictorSettings.standard());
    byte[] content = Files.readAllBytes(file);
    return new SparkPredictor(
        spark,
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(content),
        Sha256.of(content),
        backend,
        kind(saved.answer()),
        shape(file, saved.preparation()),
        BATCH,
        Versions.ofDriver(spark.sparkContext()));
  }

  /** The same with that many rows asked together; 32 unless changed. */
  public SparkPredictor batch(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("prediction: a batch must be at least 1 row, is " + rows);
    }
    return new SparkPredictor(spark, file, digest, backend, kind, shape, rows, versions);
  }

  private static Kind kind(Answer<?> answer) {
    if (answer instanceof ClassAnswer) {
      return Kind.CLASS;
    }
    if (answer instanceof NumbersAnswer) {
      return Kind.NUMBERS;
    }
    return answer instanceof NumberAnswer ? Kind.NUMBER : Kind.TEXT;
  }

  /** Null for pictures. */
  private static int[] shape(Path file, Preparation<?> preparation) throws IOException {
    Shape shape;
    if (preparation instanceof ArrayPreparation arrays) {
      shape = arrays.shape();
    } else if (preparation instanceof PixelPreparation pixels) {
      shape = pixels.shape();
    } else if (preparation instanceof PicturePreparation) {
      return null;
    } else {
      throw new IOException(
          file
              + ": takes '"
              + preparation.kind()
              + "'; on Spark there are predictors of arrays, pixels and pictures");
    }
    return shape.dims().clone();
  }

  // ---- asking ---------------------------------------------------------------------------------

  /**
   * The rows with the columns of the answer behind their own.
   *
   * @throws IllegalArgumentException if there is no such column, or one of the answer's is there
   */
  public Dataset<Row> predict(Dataset<Row> rows, String column) {
    List<String> columns = List.of(rows.columns());
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException(
          "prediction: there is no column '" + column + "'; there are " + columns);
    }
    StructType schema = rows.schema();
    for (StructField field : answerType().fields()) {
      if (columns.contains(field.name())) {
        throw new IllegalArgumentException(
            "prediction: there is a column '" + field.name() + "' already; rename it first");
      }
      schema = schema.add(field);
    }
    return rows.mapPartitions(
        (MapPartitionsFunction<Row, Row>) input -> new Answered(input, place),
        Encoders.row(schema));
  }

  /**
   * Makes it a function for SQL, from a column to a struct of the answer's columns. Rows are asked
   * one by one; {@link #predict} asks many at once.
   */
  public void register(String name) {
    spark.udf().register(name, (UDF1<Object, Row>) this::answerOf, answerType());
  }

  private Row answerOf(Object value) throws IOException {
    List<Object> answers = loaded(1).predictAll(List.of(input(value)));
    return RowFactory.create(columns(answers.get(0)).toArray());
  }

  private StructType answerType() {
    DataType numbers = DataTypes.createArrayType(DataTypes.DoubleType);
    return switch (kind) {
      case CLASS ->
          new StructType()
              .add("label", DataTypes.StringType)
              .add("class", DataTypes.IntegerType)
              .add("probability", DataTypes.DoubleType)
              .add("probabilities", numbers);
      case NUMBERS -> new StructType().add("values", numbers);
      case NUMBER -> new StructType().add("value", DataTypes.DoubleType);
      case TEXT -> new StructType().add("answer", DataTypes.StringType);
    };
  }

  // ---- on the executors -----------------------------------------------------------------------

  /** The rows of a partition, asked in batches as they are read. */
  private final class Answered implements Iterator<Row> {
    private final Iterator<Row> input;
    private final int place;
    private final List<Row> ready = new ArrayList<>();
    private int next;

    Answered(Iterator<Row> input, int place) {
      this.input = input;
      this.place = place;
    }

    @Override
    public boolean hasNext() {
      return next < ready.size() || input.hasNext();
    }

    @Override
    public Row next() {
      if (next == ready.size()) {
        fill();
      }
      return ready.get(next++);
    }

    private void fill() {
      ready.clear();
      next = 0;
      List<Row> rows = new ArrayList<>();
      List<Object> inputs = new ArrayList<>();
      try {
        while (rows.size() < batch && input.hasNext()) {
          Row row = input.next();
          rows.add(row);
          inputs.add(input(row.get(place)));
        }
        if (rows.isEmpty()) {
          throw new NoSuchElementException("prediction: no more rows");
        }
        List<Object> answers = loaded(batch).predictAll(inputs);
        for (int i = 0; i < rows.size(); i++) {
          ready.add(with(rows.get(i), columns(answers.get(i))));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  private static Row with(Row row, List<Object> columns) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      all.add(row.get(i));
    }
    all.addAll(columns);
    return RowFactory.create(all.toArray());
  }

  private Object input(Object value) throws IOException {
    return PredictorValues.input(value, shape);
  }

  private List<Object> columns(Object answer) {
    return switch (kind) {
      case CLASS -> PredictorValues.ofClass(answer);
      case NUMBERS -> PredictorValues.ofNumbers(answer);
      case NUMBER -> List.of(answer);
      case TEXT -> List.of(String.valueOf(answer));
    };
  }

  private LoadedPredictor loaded(int together) throws IOException {
    versions.requireHere();
    return LoadedPredictor.of(digest, backend, together, file::value);
  }
}
