package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table that {@link Layer#summary} gives. */
final class Summary {

  private record Row(String layer, String kind, String output, String parameters) {}

  private Summary() {}

  static String of(Layer model, Shape input) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("layer", "kind", "output", "parameters"));
    Mode mode =
        Mode.EVAL.observedBy(
            (path, part, outputs) -> {
              if (part.children().isEmpty()) {
                String shapes =
                    outputs.stream().map(y -> y.shape() + "").collect(Collectors.joining(", "));
                rows.add(new Row(path, part.kind(), shapes, count(part.numParameters())));
              }
            });
    try (Scope scope = Scope.open("the summary");
        GradMode off = GradMode.disable()) {
      Tensor output = model.forward(Tensor.zeros(model.backend(), input, model.dtype()), mode);
      rows.add(new Row("total", model.kind(), output.shape() + "", count(model.numParameters())));
    }
    StringBuilder table = new StringBuilder();
    String format =
        "%-" + width(rows, 0) + "s  %-" + width(rows, 1) + "s  %-" + width(rows, 2) + "s  %12s%n";
    for (Row row : rows) {
      table.append(
          String.format(
              Locale.ROOT, format, row.layer(), row.kind(), row.output(), row.parameters()));
    }
    return table.toString();
  }

  private static int width(List<Row> rows, int column) {
    return rows.stream()
        .map(row -> List.of(row.layer(), row.kind(), row.output()).get(column))
        .mapToInt(String::length)
        .max()
        .orElse(1);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
