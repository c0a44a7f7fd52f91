package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.examples.exercise.Exercise;
import io.github.trimaran.examples.exercise.Exercises;
import io.github.trimaran.examples.report.Agreement;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.ResultFile;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.ChildRun;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the same exercise on every backend, each in a process of its own, and compares. */
@Command(
    name = "compare",
    description =
        "Run an exercise on every backend with one seed: time, memory, agreement of the numbers.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXERCISE",
      defaultValue = "29a",
      description = "The exercise's number (default: ${DEFAULT-VALUE}).")
  private String id;

  @Mixin private CommonOptions options;

  private record Row(String backend, Path folder, ChildRun child) {

    boolean succeeded() {
      return child.exitCode() == 0;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Exercise> exercises = Exercises.named(List.of(id));
    if (exercises.size() != 1) {
      throw new InputException("compare: one exercise at a time; there are " + Exercises.ids());
    }
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    Path out = options.out() == null ? Path.of("out", "compare-" + id) : options.out();
    try (OutputFolder folder = OutputFolder.open(out)) {
      List<Row> rows = new ArrayList<>();
      for (BackendProvider provider : Backends.providers()) {
        rows.add(run(provider.name(), folder.path(), console));
      }
      print(rows, console);
      write(rows, exercises.get(0), folder.path());
      console.say("Results in " + folder.path());
      return rows.stream().allMatch(Row::succeeded) ? 0 : 1;
    }
  }

  private Row run(String backend, Path out, Console console)
      throws IOException, InterruptedException {
    console.say("Exercise " + id + " on " + backend + " ...");
    Path folder = out.resolve(backend);
    List<String> arguments = new ArrayList<>(List.of("exercise", id, "--backend", backend));
    arguments.addAll(List.of("--out", folder.toString(), "--seed", Long.toString(options.seed())));
    arguments.addAll(List.of("--data", options.data().name().toLowerCase(Locale.ROOT)));
    arguments.addAll(List.of("--dtype", options.dtype().label()));
    arguments.addAll(List.of("--threads", Integer.toString(options.threads())));
    if (options.dataDirectory() != null) {
      arguments.addAll(List.of("--data-dir", options.dataDirectory().toString()));
    }
    if (options.quick()) {
      arguments.add("--quick");
    }
    arguments.add(options.verbose() ? "--verbose" : "--quiet");
    return new Row(backend, folder, ChildRun.of(Main.class, arguments));
  }

  private static void print(List<Row> rows, Console console) throws IOException {
    console.result(
        String.format(
            "%-6s %10s %12s   %s", "", "seconds", "peak MB", "largest difference to the first"));
    for (Row row : rows) {
      console.result(
          String.format(
              Locale.ROOT,
              "%-6s %10.1f %12s   %s",
              row.backend(),
              row.child().seconds(),
              row.child().peakBytes().isPresent()
                  ? Long.toString(row.child().peakBytes().getAsLong() >> 20)
                  : "unknown",
              row.succeeded() ? agreement(row, rows.get(0)) : "failed, see above"));
    }
  }

  private static String agreement(Row row, Row first) throws IOException {
    if (row.equals(first) || !first.succeeded()) {
      return "-";
    }
    return Agreement.describe(row.folder(), first.folder());
  }

  private void write(List<Row> rows, Exercise exercise, Path folder) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("exit_code", row.child().exitCode());
      metrics.put("seconds", row.child().seconds());
      row.child().peakBytes().ifPresent(bytes -> metrics.put("peak_resident_bytes", bytes));
      if (row.succeeded() && rows.get(0).succeeded()) {
        metrics.put(
            "max_relative_difference",
            Agreement.between(row.folder(), rows.get(0).folder()).stream()
                .mapToDouble(Agreement.Difference::relative)
                .max()
                .orElse(0));
      }
      runs.add(Run.of(row.backend(), metrics));
    }
    ResultFile result =
        new ResultFile(
            Version.current(),
            "compare " + exercise.id(),
            options.seed(),
            new ResultFile.BackendFacts(
                "all", "see the folder of each", options.threads(), Map.of()),
            DataFacts.none(),
            Map.of("dtype", options.dtype().label(), "quick", options.quick()),
            runs,
            List.of());
    Results.write(result, List.of(), folder);
  }
}
