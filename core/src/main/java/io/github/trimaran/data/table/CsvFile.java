package io.github.trimaran.data.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.text.TextFiles;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table in a file of comma-separated values (RFC 4180), its first line the names of the columns.
 *
 * <pre>{@code
 * Table cars = CsvFile.of(Path.of("mpg.csv")).read();
 * CsvFile lines = CsvFile.of(Path.of("log.csv")).separator(';').missing("", "-").columns("time", "load");
 * }</pre>
 *
 * <p>UTF-8, and commas, unless told otherwise. Spaces around a cell do not count, nor do empty
 * lines. A cell that is empty, or {@code NA}, {@code N/A}, {@code NaN}, {@code nan}, {@code NULL}
 * or {@code null}, is a missing value. It can be larger than the memory: {@link #read} reads it
 * whole, {@link TablePreparation#stream} row by row.
 */
public final class CsvFile implements Rows {

  /** What stands for a missing value unless told otherwise. */
  static final Set<String> MISSING = Set.of("", "NA", "N/A", "NaN", "nan", "NULL", "null");

  private final Path file;
  private char separator = ',';
  private Charset encoding = StandardCharsets.UTF_8;
  private Set<String> missing = MISSING;
  private List<String> names = List.of();

  private CsvFile(Path file) {
    this.file = file;
  }

  /** In that file, which is opened when it is read. */
  public static CsvFile of(Path file) {
    return new CsvFile(file);
  }

  private CsvFile changed(Consumer<CsvFile> change) {
    CsvFile copy = new CsvFile(file);
    copy.separator = separator;
    copy.encoding = encoding;
    copy.missing = missing;
    copy.names = names;
    change.accept(copy);
    return copy;
  }

  /** The same with cells separated by something else: {@code ';'}, {@code '\t'}. */
  public CsvFile separator(char other) {
    return changed(copy -> copy.separator = other);
  }

  /** The same in another encoding. */
  public CsvFile encoding(Charset other) {
    return changed(copy -> copy.encoding = other);
  }

  /** The same with these texts, and no others, for missing values. */
  public CsvFile missing(String... texts) {
    return changed(copy -> copy.missing = Set.of(texts));
  }

  /** The same without a line of names: these are the columns. */
  public CsvFile columns(String... columns) {
    return changed(copy -> copy.names = List.of(columns));
  }

  /**
   * All rows, in memory.
   *
   * @throws DataException if the file is not there, is ragged, or is not in its encoding, with the
   *     line
   */
  public Table read() throws IOException {
    return Table.of(this);
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public List<String> columns() throws IOException {
    try (Reading reading = new Reading()) {
      return reading.columns;
    }
  }

  @Override
  public Cursor open() throws IOException {
    return new Reading();
  }

  private final class Reading implements Cursor {

    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private final QuoteCounter text;
    private long lastLine;
    private boolean endsWithLineBreak;

    Reading() throws IOException {
      text = new QuoteCounter(TextFiles.open(file, encoding));
      try {
        this.reader =
            CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text);
        this.records = reader.iterator();
        this.columns = names.isEmpty() ? header() : names;
        requireNames();
      } catch (IOException | RuntimeException e) {
        text.close();
        throw e;
      }
    }

    private List<String> header() throws IOException {
      CsvRecord first = record();
      if (first == null) {
        throw new DataException(file + ": is empty; its first line should name the columns");
      }
      return first.getFields().stream().map(String::strip).toList();
    }

    private void requireNames() throws IOException {
      Set<String> seen = new HashSet<>();
      for (String column : columns) {
        if (column.isEmpty() || !seen.add(column)) {
          throw new DataException(
              file
                  + ", line 1: "
                  + (column.isEmpty()
                      ? "a column has no name"
                      : "two columns are called '" + column + "'")
                  + "; correct the line, or name the columns if it is none of names");
        }
      }
    }

    @Override
    public Row next() throws IOException {
      CsvRecord record = record();
      if (record == null) {
        requireClosedQuotes();
        return null;
      }
      long line = record.getStartingLineNumber();
      if (record.getFieldCount() != columns.size()) {
        throw new DataException(
            file
                + ", line "
                + line
                + ": has "
                + record.getFieldCount()
                + " cells, but there are "
                + columns.size()
                + " columns; correct it (a cell that holds '"
                + separator
                + "' or a line break needs quotes around it)");
      }
      List<String> cells = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        String cell = record.getField(i).strip();
        cells.add(missing.contains(cell) ? null : cell);
      }
      lastLine = line;
      endsWithLineBreak = record.getField(columns.size() - 1).indexOf('\n') >= 0;
      return new Row(name(), line, cells);
    }

    /** A cell whose quote is not closed would swallow the rest of the file without a word. */
    private void requireClosedQuotes() throws DataException {
      if (endsWithLineBreak && text.quotes % 2 == 1) {
        throw new DataException(
            file
                + ", line "
                + lastLine
                + ": a quote is opened and not closed before the end of the file; close it, or"
                + " write it twice inside of quotes");
      }
    }

    /** The next record, null after the last. */
    private CsvRecord record() throws IOException {
      try {
        return records.hasNext() ? records.next() : null;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (CsvParseException e) {
        throw new DataException(file + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** Counts quotes on their way to the parser. */
  private static final class QuoteCounter extends FilterReader {

    private long quotes;

    QuoteCounter(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      for (int i = offset; i < offset + count; i++) {
        if (target[i] == '"') {
          quotes++;
        }
      }
      return count;
    }
  }

  @Override
  public String toString() {
    return file + " (" + encoding + ", separated by '" + separator + "')";
  }
}
