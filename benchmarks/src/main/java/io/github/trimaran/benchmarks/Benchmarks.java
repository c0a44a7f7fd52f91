package io.github.trimaran.benchmarks;

import io.github.trimaran.benchmarks.report.Format;
import io.github.trimaran.benchmarks.report.OnnxRatios;
import io.github.trimaran.benchmarks.report.ReportFiles;
import io.github.trimaran.benchmarks.report.Results;
import io.github.trimaran.benchmarks.report.Target;
import io.github.trimaran.benchmarks.run.Case;
import io.github.trimaran.benchmarks.run.Cases;
import io.github.trimaran.benchmarks.run.OnnxCases;
import io.github.trimaran.benchmarks.run.Preset;
import io.github.trimaran.benchmarks.run.Session;
import io.github.trimaran.examples.run.BenchmarkProgram;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Measures, and reports. */
public final class Benchmarks implements BenchmarkProgram {

  /** For {@link java.util.ServiceLoader}. */
  public Benchmarks() {}

  private static Preset preset(Length length) {
    return Preset.valueOf(length.name());
  }

  private static Pattern pattern(String filter) {
    try {
      return Pattern.compile(filter);
    } catch (PatternSyntaxException e) {
      throw new InputException(
          "--filter: '" + filter + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  private static InputException noCase(String filter) {
    return new InputException("--filter: no case matches '" + filter + "'; see --list");
  }

  private static List<Case> casesOf(Path model, Map<String, Integer> extents, String filter)
      throws IOException {
    List<Case> cases = OnnxCases.of(model, extents, pattern(filter));
    if (cases.isEmpty()) {
      throw noCase(filter);
    }
    return cases;
  }

  private static List<Case> cases(Length length, String filter) {
    Pattern pattern = pattern(filter);
    List<Case> cases = Cases.of(preset(length), pattern);
    boolean memory = !Session.memoryCases(preset(length), pattern).isEmpty();
    if (cases.isEmpty() && !memory) {
      throw noCase(filter);
    }
    return cases;
  }

  @Override
  public void listModel(Path model, Map<String, Integer> extents, String filter, Console console)
      throws IOException {
    casesOf(model, extents, filter).forEach(one -> console.result(one.id()));
  }

  @Override
  public boolean runModel(
      Path model,
      Map<String, Integer> extents,
      Length length,
      String filter,
      Path folder,
      Console console)
      throws IOException, InterruptedException {
    List<Case> cases = casesOf(model, extents, filter);
    new Session(preset(length), filter, folder, console).runAlone(cases);
    return reported(folder, console);
  }

  @Override
  public void list(Length length, String filter, Console console) {
    cases(length, filter).forEach(one -> console.result(one.id()));
    Session.memoryCases(preset(length), Pattern.compile(filter))
        .forEach(one -> console.result(one.id()));
  }

  @Override
  public boolean run(Length length, String filter, Path folder, Console console)
      throws IOException, InterruptedException {
    List<Case> cases = cases(length, filter);
    Session session = new Session(preset(length), filter, folder, console);
    session.run(cases);
    return reported(folder, console);
  }

  /** Whether nothing failed. */
  private boolean reported(Path folder, Console console) throws IOException {
    Path file = folder.resolve(Session.RESULTS);
    Results results = Results.read(file);
    report(file, folder, console);
    results.failures().forEach(line -> console.result("failed: " + line));
    return results.failures().isEmpty();
  }

  @Override
  public void report(Path file, Path folder, Console console) throws IOException {
    Results results = Results.read(file);
    ReportFiles.write(results, folder);
    for (Target target : Target.all()) {
      target
          .ratio(results)
          .ifPresent(
              ratio ->
                  console.result(
                      String.format(
                          Locale.ROOT,
                          "%-66s %-22s at most %s  %s",
                          target.what(),
                          Format.ratio(ratio),
                          Format.ratio(target.limit()),
                          target.verdict(results).name().toLowerCase(Locale.ROOT))));
    }
    OnnxRatios.lines(results).forEach(console::result);
    console.result("The report is " + folder.resolve("report.html"));
  }
}
