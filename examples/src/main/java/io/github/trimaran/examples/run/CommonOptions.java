package io.github.trimaran.examples.run;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Precision;
import io.github.trimaran.data.catalog.DataChoice;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that all commands that compute share. */
public final class CommonOptions {

  @Option(
      names = "--backend",
      paramLabel = "cpu|nd4j|djl|all",
      defaultValue = "${env:TRIMARAN_BACKEND:-cpu}",
      description =
          "What computes; 'all' runs the work on each and compares (default: ${DEFAULT-VALUE}).")
  private String backend;

  @Option(
      names = "--data",
      paramLabel = "auto|embedded|real",
      defaultValue = "auto",
      converter = DataName.class,
      description =
          "Which data and weights: real (local, else downloaded), embedded (the project's own), or real if"
              + " it is there and else embedded (default: ${DEFAULT-VALUE}).")
  private DataChoice data;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where real data lies (default: TRIMARAN_DATA, else the user's cache folder).")
  private Path dataDirectory;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go (default: out/<command>-<backend>).")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "29",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--dtype",
      paramLabel = "float32|float64",
      defaultValue = "float32",
      converter = FloatingType.class,
      description = "What to compute in (default: ${DEFAULT-VALUE}).")
  private DType dtype;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute (default: all cores).")
  private Integer threads;

  @Option(
      names = "--device",
      paramLabel = "cpu|gpu",
      defaultValue = "cpu",
      description =
          "Where the backend computes, where it has a choice (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--precision",
      paramLabel = "full|mixed",
      converter = PrecisionName.class,
      description =
          "How exactly float32 is computed with; mixed lets the backend convolve in bfloat16 where that"
              + " is faster (default: full; mixed to train the network 'record').")
  private Precision precision;

  @Option(names = "--profile", description = "Show the time by operation and layer.")
  private boolean profile;

  @Option(
      names = "--check-against",
      paramLabel = "BACKEND",
      description = "Run each operation on that backend too, and stop at the first that differs.")
  private String checkAgainst;

  @Option(names = "--quick", description = "The smallest run that shows the thing.")
  private boolean quick;

  @Option(names = "--verbose", description = "Log details; stack traces of errors.")
  private boolean verbose;

  @Option(names = "--quiet", description = "Print the result only.")
  private boolean quiet;

  /** The name given, {@code all} included. */
  public String backend() {
    return backend;
  }

  /** The backends to run on, in order. */
  public List<String> backends() {
    return backend.equals("all") ? Engine.NAMES : List.of(backend);
  }

  /** Which data. */
  public DataChoice data() {
    return data;
  }

  /** Where data lies, or null for the default. */
  public Path dataDirectory() {
    return dataDirectory;
  }

  /** Where results go, or null for the default. */
  public Path out() {
    return out;
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  /** The floating type. */
  public DType dtype() {
    return dtype;
  }

  /** How many threads compute. */
  public int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Where the backend computes. */
  public String device() {
    return device;
  }

  /** How exactly float32 is computed with, or null for the default. */
  public Precision precision() {
    return precision;
  }

  /** Whether to show the time by operation and layer. */
  public boolean profile() {
    return profile;
  }

  /** The backend to check each operation against, or null. */
  public String checkAgainst() {
    return checkAgainst;
  }

  /** Whether to run small. */
  public boolean quick() {
    return quick;
  }

  /** Whether to tell details. */
  public boolean verbose() {
    return verbose;
  }

  /** Whether to tell the result only. */
  public boolean quiet() {
    return quiet;
  }

  private static <E extends Enum<E>> E named(E[] choices, String name, String expected) {
    for (E choice : choices) {
      if (choice.name().equalsIgnoreCase(name)) {
        return choice;
      }
    }
    throw new TypeConversionException("expected " + expected + ", got '" + name + "'");
  }

  /** Reads {@code auto}, {@code embedded} or {@code real}. */
  static final class DataName implements ITypeConverter<DataChoice> {
    @Override
    public DataChoice convert(String name) {
      return named(DataChoice.values(), name, "auto, embedded or real");
    }
  }

  /** Reads {@code full} or {@code mixed}. */
  static final class PrecisionName implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String name) {
      return named(Precision.values(), name, "full or mixed");
    }
  }

  /** Reads {@code float32} or {@code float64}. */
  static final class FloatingType implements ITypeConverter<DType> {
    @Override
    public DType convert(String label) {
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
        if (type.label().equals(label)) {
          return type;
        }
      }
      throw new TypeConversionException("expected float32 or float64, got '" + label + "'");
    }
  }
}
