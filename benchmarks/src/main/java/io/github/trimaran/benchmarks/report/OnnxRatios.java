package io.github.trimaran.benchmarks.report;

import io.github.trimaran.benchmarks.run.Case;
import io.github.trimaran.benchmarks.run.OnnxCases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The times of a network from a file, each with its ratio to that of ONNX Runtime. */
public final class OnnxRatios {

  private OnnxRatios() {}

  /** A line for each case that was measured. */
  public static List<String> lines(Results results) {
    List<String> lines = new ArrayList<>();
    for (Measurement measured : results.measurements()) {
      Case of = measured.of();
      if (!of.benchmark().equals(OnnxCases.BENCHMARK)) {
        continue;
      }
      String ratio =
          of.backend().equals(OnnxCases.PEER)
              ? ""
              : results
                  .millis(of.by(OnnxCases.PEER))
                  .map(other -> Format.ratio(measured.millis().ratioTo(other)) + " of ONNX Runtime")
                  .orElse("");
      String file = Path.of(of.parameters().get("model")).getFileName().toString();
      String what = (file + " " + of.parameters().getOrDefault("extents", "")).strip();
      lines.add(
          String.format(
                  Locale.ROOT,
                  "%-40s %-16s %10.3f ms  %s",
                  what,
                  of.backend(),
                  measured.millis().value(),
                  ratio)
              .stripTrailing());
    }
    return lines;
  }
}
