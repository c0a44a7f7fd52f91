package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.run.BenchmarkProgram;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the backends, and their peers, with JMH. */
@Command(
    name = "benchmark",
    description =
        "Compare the backends, and other libraries, with JMH: times, memory, share of the machine's peak.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkCommand implements Callable<Integer> {

  /** Set by the launcher, which puts the benchmarks on the class path when they are asked for. */
  private static final String LAUNCHER = "trimaran.launcher";

  @Spec private CommandSpec spec;

  @ArgGroup private Length length;

  /** At most one of these. */
  static final class Length {
    @Option(names = "--quick", description = "A first look: one fork, few cases, minutes.")
    private boolean quick;

    @Option(names = "--full", description = "All cases, and float64: hours.")
    private boolean full;
  }

  private BenchmarkProgram.Length chosen() {
    if (length != null && length.quick) {
      return BenchmarkProgram.Length.QUICK;
    }
    return length != null && length.full
        ? BenchmarkProgram.Length.FULL
        : BenchmarkProgram.Length.DEFAULT;
  }

  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      defaultValue = "",
      description = "Only cases in whose line of --list this is found.")
  private String filter;

  @Option(names = "--list", description = "Print the cases, and measure nothing.")
  private boolean list;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Measure the inference of this ONNX file beside ONNX Runtime, not the suite.")
  private Path model;

  @Option(
      names = "--extent",
      paramLabel = "NAME=N",
      description =
          "With --model: how long a free axis of its inputs is. A free batch is 1 and 16 otherwise.")
  private Map<String, Integer> extents = new TreeMap<>();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Measure nothing; make the report of this results.json.")
  private Path from;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/benchmark",
      description = "Where results go (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(names = "--verbose", description = "Stack traces of errors.")
  @SuppressWarnings("unused") // Errors asks picocli whether it was given.
  private boolean verbose;

  @Option(names = "--quiet", description = "Print the result only.")
  private boolean quiet;

  /** Whether the benchmarks are here, or come when they are asked for. */
  static boolean isAvailable() {
    return Boolean.getBoolean(LAUNCHER) || program().isPresent();
  }

  private static Optional<BenchmarkProgram> program() {
    return ServiceLoader.load(BenchmarkProgram.class).findFirst();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchmarkProgram program =
        program()
            .orElseThrow(
                () ->
                    new InputException(
                        "benchmark: the module is not on the class path; start it with"
                            + " './trimaran benchmark', the word before all options"));
    Console console = new Console(spec.commandLine().getOut(), quiet);
    if (model == null && !extents.isEmpty()) {
      throw new InputException("--extent is for --model FILE, which is not given");
    }
    if (model != null && from != null) {
      throw new InputException("--model measures and --from does not; give one of them");
    }
    if (list && model != null) {
      program.listModel(model, extents, filter, console);
      return 0;
    }
    if (list) {
      program.list(chosen(), filter, console);
      return 0;
    }
    if (from != null && !Files.isReadable(from)) {
      throw new InputException("--from: cannot read " + from);
    }
    try (OutputFolder folder = OutputFolder.open(out)) {
      if (from != null) {
        program.report(from, folder.path(), console);
        return 0;
      }
      if (model != null) {
        return program.runModel(model, extents, chosen(), filter, folder.path(), console) ? 0 : 1;
      }
      return program.run(chosen(), filter, folder.path(), console) ? 0 : 1;
    }
  }
}
