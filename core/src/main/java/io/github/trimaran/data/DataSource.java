package io.github.trimaran.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where data comes from, for the first lines of a run and its result file.
 *
 * <pre>{@code
 * System.out.println(dataset.source());    // the name, and whether read or drawn
 * }</pre>
 *
 * @param name how the data is called in reports: {@code "MNIST"}
 * @param kind whether it was read from files or drawn by this library
 * @param files digests by file name, {@code sha256:...}; empty for what was drawn
 */
public record DataSource(String name, Kind kind, Map<String, String> files) {

  /** Real files or the project's own drawings. */
  public enum Kind {
    /** Read from files. */
    REAL,
    /** Drawn by this library. */
    EMBEDDED;

    /** The word for it in result files: {@code real}, {@code embedded}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keeps a copy, in order. */
  public DataSource {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** Data that was read from these files. */
  public static DataSource real(String name, Map<String, String> files) {
    return new DataSource(name, Kind.REAL, files);
  }

  /** Data that this library drew. */
  public static DataSource embedded(String name) {
    return new DataSource(name, Kind.EMBEDDED, Map.of());
  }

  @Override
  public String toString() {
    return name + " (" + kind + ")";
  }
}
