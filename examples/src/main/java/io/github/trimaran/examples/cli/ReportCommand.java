package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.report.html.ReportPage;
import io.github.trimaran.examples.report.html.SavedResult;
import io.github.trimaran.examples.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the report of a run anew, or of several runs side by side. */
@Command(
    name = "report",
    description = "Write the report of a run as one HTML file, or compare several runs in one.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders that a command wrote, or the result.json in them.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The report (default: report.html beside the result; out/report.html for several).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    List<SavedResult> results = runs.stream().map(SavedResult::read).toList();
    ReportPage page = ReportPage.of(results);
    Path file = out == null ? usualPlace(results) : out;
    if (Files.isDirectory(file)) {
      throw new InputException("--out: " + file + " is a folder; name a file in it");
    }
    try {
      page.write(file);
    } catch (IOException e) {
      throw new InputException(
          "cannot write " + file + ": " + e.getMessage() + "; choose another with --out", e);
    }
    spec.commandLine().getOut().println("Report in " + file);
    return 0;
  }

  private static Path usualPlace(List<SavedResult> results) {
    return results.size() == 1
        ? results.get(0).folder().resolve(ReportPage.NAME)
        : Path.of("out", ReportPage.NAME);
  }
}
