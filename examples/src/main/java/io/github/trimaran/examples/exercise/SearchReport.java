package io.github.trimaran.examples.exercise;

import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.examples.report.FilterPicture;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.report.ScatterPanels;
import io.github.trimaran.examples.report.ScatterPanels.Points;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.io.files.AtomicFiles;
import io.github.trimaran.search.Dimension;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Trial;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.History;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a search found, as table, pictures and runs. */
final class SearchReport {

  private static final String FILTERS = "filters.png";
  static final String SCATTER = "search.png";
  static final String CURVE = "accuracy.png";
  static final String TABLE = "trials.csv";

  private final List<Trial> trials;
  private final Space space;

  /** The report on all trials of a search over a space. */
  SearchReport(List<Trial> trials, Space space) {
    this.trials = trials;
    this.space = space;
  }

  static String name(Trial trial) {
    return "setting " + trial.candidate();
  }

  static String epochs(int count) {
    return count == 1 ? "1 epoch" : count + " epochs";
  }

  /** The last trial of each candidate: those that got furthest first, the best of them first. */
  List<Trial> ranking() {
    Map<Integer, Trial> last = new LinkedHashMap<>();
    trials.forEach(trial -> last.put(trial.candidate(), trial));
    return last.values().stream()
        .sorted(
            Comparator.comparingInt(Trial::rung)
                .thenComparingDouble(Trial::score)
                .reversed()
                .thenComparingInt(Trial::candidate))
        .toList();
  }

  /** The best on the last rung. */
  Trial winner() {
    return ranking().get(0);
  }

  /** The candidates and how they did, for people. */
  String table() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("setting", "epochs", "validation", "seconds"));
    head.addAll(space.dimensions().keySet());
    rows.add(head);
    for (Trial trial : ranking()) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(trial.candidate()));
      row.add(Integer.toString(trial.budget()));
      row.add(String.format(Locale.ROOT, "%.3f", trial.score()));
      row.add(String.format(Locale.ROOT, "%.0f", trial.seconds()));
      trial.values().byName().values().forEach(value -> row.add(value.toString()));
      rows.add(row);
    }
    return rows.stream().map(row -> aligned(row, rows)).collect(Collectors.joining("\n"));
  }

  private static String aligned(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
      line.append(" ".repeat(width - row.get(i).length() + 2)).append(row.get(i));
    }
    return line.toString();
  }

  /** Writes pictures and the table of all trials into a folder; returns the pictures' names. */
  List<String> write(Path folder, SearchRun.Winner best) throws IOException {
    AtomicFiles.write(folder.resolve(TABLE), csv());
    ScatterPanels panels = new ScatterPanels("validation accuracy");
    space.dimensions().forEach((name, dimension) -> addPanel(panels, name, dimension));
    panels.write(folder.resolve(SCATTER));
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    curves.put("training", course(best.history(), true));
    curves.put("validation", course(best.history(), false));
    Charts.lines(
        folder.resolve(CURVE), name(winner()) + ", trained longer", "epoch", "accuracy", curves);
    List<String> pictures = new ArrayList<>(List.of(SCATTER, CURVE));
    Optional<BufferedImage> filters = FilterPicture.ofFirst(best.weights());
    if (filters.isPresent()) {
      Pictures.writePng(folder.resolve(FILTERS), filters.get());
      pictures.add(FILTERS);
    }
    return pictures;
  }

  private static List<Double> course(History history, boolean training) {
    return history.epochs().stream()
        .map(training ? EpochRecord::accuracy : EpochRecord::validationAccuracy)
        .toList();
  }

  /** All trials, one a line. */
  private String csv() {
    StringBuilder csv = new StringBuilder("setting,epochs,val_accuracy,seconds");
    space.dimensions().keySet().forEach(name -> csv.append(',').append(name));
    csv.append('\n');
    for (Trial trial : trials) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%.4f,%.1f",
              trial.candidate(),
              trial.budget(),
              trial.score(),
              trial.seconds()));
      trial.values().byName().values().forEach(value -> csv.append(',').append(value));
      csv.append('\n');
    }
    return csv.toString();
  }

  private void addPanel(ScatterPanels panels, String name, Dimension dimension) {
    String label = name.replace('_', ' ');
    if (dimension instanceof Dimension.OneOf choices) {
      panels.addChoices(
          label,
          choices.values().stream().map(Object::toString).toList(),
          series(trial -> choices.values().indexOf(trial.values().byName().get(name))));
    } else if (dimension instanceof Dimension.LogUniform range) {
      panels.addLogarithmic(
          label, range.low(), range.high(), series(trial -> trial.values().number(name)));
    }
  }

  private Map<String, Points> series(ToDoubleFunction<Trial> x) {
    Map<String, Points> series = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Points points =
          series.computeIfAbsent(
              epochs(trial.budget()), key -> new Points(new ArrayList<>(), new ArrayList<>()));
      points.x().add(x.applyAsDouble(trial));
      points.y().add(trial.score());
    }
    return series;
  }

  /** The answer to the exercise's question. */
  String answer(SearchRun.Winner best, String images) {
    return String.format(
        Locale.ROOT,
        "the best is %s, %s: test accuracy %.1f %% on %d images of %s after %s (validation %.1f"
            + " %%); the test images were used for it alone",
        name(winner()),
        winner().values(),
        100 * best.tested().found().accuracy(),
        best.tested().found().samples(),
        images,
        epochs(best.history().last().epoch()),
        100 * best.history().last().validationAccuracy());
  }

  /** The best, trained longer and tested, then each setting as far as it got. */
  List<Run> runs(SearchRun.Winner best, double totalSeconds, Path folder) throws IOException {
    List<Run> runs = new ArrayList<>();
    EpochRecord last = best.history().last();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("best", name(winner()));
    metrics.put("test_accuracy", best.tested().found().accuracy());
    metrics.put("test_size", best.tested().found().samples());
    metrics.put("val_accuracy", last.validationAccuracy());
    metrics.put("epochs", last.epoch());
    metrics.put("final_loss", last.loss());
    metrics.put("seconds", last.seconds());
    metrics.put("images_per_second", last.samplesPerSecond());
    metrics.put("total_seconds", totalSeconds);
    metrics.put("values", winner().values().byName());
    metrics.putAll(best.tested().metrics(folder, TestedImages.SHEET));
    runs.add(
        new Run(
                "best",
                metrics,
                Map.of(
                    "loss", best.history().epochs().stream().map(EpochRecord::loss).toList(),
                    "train_accuracy", course(best.history(), true),
                    "val_accuracy", course(best.history(), false)))
            .ofNetwork(best.weights()));
    ranking().forEach(trial -> runs.add(run(trial)));
    return runs;
  }

  private static Run run(Trial trial) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("val_accuracy", trial.score());
    metrics.put("epochs", trial.budget());
    metrics.put("seconds", trial.seconds());
    metrics.put("values", trial.values().byName());
    return new Run(name(trial), metrics, Map.of("val_accuracy", trial.history()));
  }
}
