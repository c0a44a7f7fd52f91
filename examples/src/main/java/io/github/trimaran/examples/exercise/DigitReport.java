package io.github.trimaran.examples.exercise;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.examples.training.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What exercise 29a tells: a line a training, the courses of loss and accuracy, the answer. */
final class DigitReport {

  private DigitReport() {}

  /** A line on a training. */
  static void tell(TrainedRun run, Console console) {
    console.result(
        String.format(
            Locale.ROOT,
            "  %-24s test accuracy %.4f on %d, training %.3f, %.0f images/s, %.1f s",
            run.name(),
            run.test().accuracy(),
            run.test().samples(),
            run.train().accuracy(),
            run.history().last().samplesPerSecond(),
            run.history().last().seconds()));
  }

  /**
   * All trainings, with their pictures.
   *
   * @param first experiment of them, whose settings are told
   */
  static Outcome outcome(TrainTest digits, Experiment first, List<TrainedRun> runs, Path folder)
      throws IOException {
    List<Run> told = new ArrayList<>();
    List<String> pictures = plot(runs, folder);
    for (TrainedRun run : runs) {
      told.add(run.toRun(folder, file("examples", run)));
      if (run.drawFilters(folder.resolve(file("filters", run)))) {
        pictures.add(file("filters", run));
      }
    }
    return new Outcome(
        Datasets.facts(digits.source()),
        first.settings(),
        told,
        pictures,
        runs.stream()
            .map(
                run ->
                    String.format(
                        Locale.ROOT, "%s: %.1f %%", run.name(), 100 * run.test().accuracy()))
            .collect(Collectors.joining("; ")));
  }

  /** {@code filters-40-digits-100-epochs.png}. */
  private static String file(String what, TrainedRun run) {
    String name = run.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return what + "-" + name + ".png";
  }

  private static List<String> plot(List<TrainedRun> runs, Path folder) throws IOException {
    Map<String, List<Double>> losses = new LinkedHashMap<>();
    Map<String, List<Double>> accuracies = new LinkedHashMap<>();
    for (TrainedRun run : runs) {
      if (run.history().epochs().size() > 1) {
        losses.put(run.name(), run.losses());
        run.accuracies().forEach((of, values) -> accuracies.put(run.name() + ", " + of, values));
      }
    }
    List<String> pictures = new ArrayList<>();
    if (!losses.isEmpty()) {
      Charts.lines(folder.resolve("loss.png"), "Loss", "epoch", "loss", losses);
      Charts.lines(folder.resolve("accuracy.png"), "Accuracy", "epoch", "accuracy", accuracies);
      pictures.addAll(List.of("loss.png", "accuracy.png"));
    }
    Map<String, List<Double>> steps = new LinkedHashMap<>();
    runs.forEach(run -> steps.put(run.name(), run.history().losses()));
    Charts.lines(folder.resolve("loss-steps.png"), "Loss of each step", "step", "loss", steps);
    pictures.add("loss-steps.png");
    return pictures;
  }
}
