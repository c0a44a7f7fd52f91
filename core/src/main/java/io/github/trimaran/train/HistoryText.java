package io.github.trimaran.train;

import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link History} as a table of comma-separated values, and as JSON; and back. */
final class HistoryText {

  private static final String METRIC = "validation_";
  private static final List<String> COLUMNS =
      List.of(
          "epoch",
          "steps",
          "loss",
          "accuracy",
          "validation_loss",
          "validation_accuracy",
          "learning_rate",
          "seconds",
          "samples_per_second");

  private HistoryText() {}

  // ---- CSV ------------------------------------------------------------------------------------

  static String toCsv(History history) {
    List<String> metrics = history.metrics();
    StringBuilder table = new StringBuilder(String.join(",", COLUMNS));
    metrics.forEach(name -> table.append(',').append(METRIC).append(name));
    table.append('\n');
    for (EpochRecord epoch : history.epochs()) {
      table
          .append(
              Arrays.stream(epoch.toArray(metrics))
                  .mapToObj(HistoryText::cell)
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return table.toString();
  }

  private static String cell(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  static List<EpochRecord> epochsOfCsv(String text) {
    List<String> lines = text.lines().toList();
    List<String> header = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1));
    if (header.size() < COLUMNS.size() || !header.subList(0, COLUMNS.size()).equals(COLUMNS)) {
      throw new IllegalArgumentException(
          "history: line 1 must begin with " + String.join(",", COLUMNS));
    }
    List<String> metrics =
        header.subList(COLUMNS.size(), header.size()).stream()
            .map(name -> name.substring(METRIC.length()))
            .toList();
    List<EpochRecord> epochs = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      if (cells.length != header.size()) {
        throw new IllegalArgumentException(
            "history: line "
                + (i + 1)
                + " must have "
                + header.size()
                + " values, has "
                + cells.length);
      }
      epochs.add(EpochRecord.ofArray(metrics, numbers(cells, i + 1)));
    }
    return epochs;
  }

  private static double[] numbers(String[] cells, int line) {
    double[] numbers = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      try {
        numbers[i] = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "history: line " + line + " holds '" + cells[i] + "', which is no number", e);
      }
    }
    return numbers;
  }

  // ---- JSON -----------------------------------------------------------------------------------

  static String toJson(History history) {
    List<String> metrics = history.metrics();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("best_epoch", history.bestEpoch());
    json.put("interrupted", history.isInterrupted());
    json.put("metrics", metrics);
    json.put(
        "epochs", history.epochs().stream().map(epoch -> values(epoch.toArray(metrics))).toList());
    json.put("losses", history.losses());
    return Json.writePretty(json);
  }

  /** JSON has neither NaN nor infinities; what is not known is null. */
  private static List<Object> values(double... numbers) {
    List<Object> values = new ArrayList<>();
    for (double number : numbers) {
      values.add(Double.isFinite(number) ? (Object) number : null);
    }
    return values;
  }

  static History ofJson(String text) throws JsonException {
    JsonObject json = Json.parseObject(text);
    History history = new History();
    List<String> metrics = json.array("metrics").stream().map(String::valueOf).toList();
    for (Object epoch : json.array("epochs")) {
      history.add(
          EpochRecord.ofArray(metrics, numbers(epoch, EpochRecord.FIELDS + metrics.size())));
    }
    for (double loss : json.numbers("losses")) {
      history.add(loss);
    }
    history.bestEpoch(json.int32("best_epoch"));
    history.interrupted(json.bool("interrupted"));
    return history;
  }

  private static double[] numbers(Object epoch, int count) throws JsonException {
    if (!(epoch instanceof List<?> values) || values.size() != count) {
      throw new JsonException("json: document.epochs should be lists of " + count + " numbers");
    }
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = values.get(i) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
    return numbers;
  }
}
