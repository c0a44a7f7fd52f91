package io.github.trimaran.examples.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The benchmarks, which are a module of their own and on the class path only when they are asked
 * for. Found by {@link java.util.ServiceLoader}.
 */
public interface BenchmarkProgram {

  /** How long to measure. */
  enum Length {
    /** A first look, under five minutes. */
    QUICK,
    /** What ratios are judged by. */
    DEFAULT,
    /** Everything. */
    FULL
  }

  /**
   * Measures and writes results and report.
   *
   * @param filter a regular expression that is looked for in the name and parameters of each case
   * @param folder where results go
   * @return whether all cases succeeded
   * @throws InputException if no case matches
   */
  boolean run(Length length, String filter, Path folder, Console console)
      throws IOException, InterruptedException;

  /**
   * Measures one network from an ONNX file beside ONNX Runtime, instead of the suite; results and
   * report are the same.
   *
   * @param extents of the free axes of its inputs, by name
   * @throws InputException if the file is missing, an extent is wrong, or no case matches
   */
  boolean runModel(
      Path model,
      Map<String, Integer> extents,
      Length length,
      String filter,
      Path folder,
      Console console)
      throws IOException, InterruptedException;

  /** Prints the cases that {@link #runModel} would measure. */
  void listModel(Path model, Map<String, Integer> extents, String filter, Console console)
      throws IOException;

  /** Prints the cases that {@link #run} would measure. */
  void list(Length length, String filter, Console console);

  /** Writes the report of results that were measured before. */
  void report(Path results, Path folder, Console console) throws IOException;
}
