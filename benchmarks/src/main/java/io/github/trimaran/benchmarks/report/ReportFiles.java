package io.github.trimaran.benchmarks.report;

import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Writes {@code report.md}, {@code report.html} and the charts into a folder. */
public final class ReportFiles {

  private ReportFiles() {}

  /** Writes all of them. */
  public static void write(Results results, Path folder) throws IOException {
    String markdown = ReportText.markdown(results, ReportCharts.draw(results, folder));
    AtomicFiles.write(folder.resolve("report.md"), markdown);
    AtomicFiles.write(folder.resolve("report.html"), ReportPage.html(markdown, folder));
  }
}
