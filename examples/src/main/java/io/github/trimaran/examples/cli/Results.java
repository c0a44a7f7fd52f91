package io.github.trimaran.examples.cli;

import io.github.trimaran.diagnostics.Profile;
import io.github.trimaran.examples.report.Agreement;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.ResultFile;
import io.github.trimaran.examples.report.html.ReportPage;
import io.github.trimaran.examples.report.html.SavedResult;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the commands that compute share: the output folder, the result file and the report. */
final class Results {

  private Results() {}

  /**
   * {@code --out}, with a folder in it for each of several backends; else a place of the command's
   * own.
   */
  static Path folder(String command, String backend, CommonOptions options) {
    if (options.out() == null) {
      return Path.of("out", command + "-" + backend);
    }
    return options.backends().size() > 1 ? options.out().resolve(backend) : options.out();
  }

  /**
   * Says how far the numbers of each further backend are from those of the first.
   *
   * @param folder of a backend's results
   */
  static void compare(List<String> backends, Function<String, Path> folder, Console console)
      throws IOException {
    Path first = folder.apply(backends.get(0));
    for (String backend : backends.subList(1, backends.size())) {
      console.result(
          String.format(
              "%s and %s differ by %s",
              backend, backends.get(0), Agreement.describe(folder.apply(backend), first)));
    }
  }

  /** Writes {@code result.json} and {@code report.html}. */
  static void write(
      String command, Engine engine, CommonOptions options, Outcome outcome, Path folder)
      throws IOException {
    ResultFile result =
        result(command, engine, options, outcome).answering("", outcome.answer(), "");
    write(result, engine.takeProfile(), folder);
  }

  /** What a command found on a backend, as the file has it. */
  static ResultFile result(String command, Engine engine, CommonOptions options, Outcome outcome) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("dtype", options.dtype().label());
    settings.put("quick", options.quick());
    settings.putAll(outcome.settings());
    return new ResultFile(
        Version.current(),
        command,
        options.seed(),
        ResultFile.BackendFacts.of(engine.backend().info()),
        outcome.data(),
        settings,
        outcome.runs(),
        outcome.pictures());
  }

  /** The same of a result that is put together already. */
  static void write(ResultFile result, List<Profile.Entry> profile, Path folder)
      throws IOException {
    result.computedBy(Commit.current(), profile).write(folder);
    ReportPage.of(List.of(SavedResult.read(folder))).write(folder.resolve(ReportPage.NAME));
  }
}
