package io.github.trimaran.nn;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The table that {@link Model#summary} gives. */
final class Summary {

  private record Row(String layer, String kind, String output, String parameters) {}

  private Summary() {}

  static String of(Model model, BiConsumer<Backend<?>, Mode> call) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("layer", "kind", "output", "parameters"));
    String[] whole = new String[1];
    Mode mode =
        Mode.EVAL.observedBy(
            (path, part, outputs) -> {
              whole[0] =
                  outputs.stream().map(y -> y.shape() + "").collect(Collectors.joining(", "));
              if (part.children().isEmpty() || !part.variables().isEmpty()) {
                rows.add(new Row(path, part.kind(), whole[0], count(ownParameters(part))));
              }
            });
    try (Scope scope = Scope.open("the summary");
        GradMode off = GradMode.disable()) {
      call.accept(model.backend(), mode);
    }
    if (whole[0] == null) {
      throw new IllegalArgumentException(
          "summary: the call ran no part of the "
              + model.kind()
              + "; call its function with the mode it is given");
    }
    rows.add(new Row("total", model.kind(), whole[0], count(model.numParameters())));
    String format =
        "%-" + width(rows, 0) + "s  %-" + width(rows, 1) + "s  %-" + width(rows, 2) + "s  %12s%n";
    StringBuilder table = new StringBuilder();
    for (Row row : rows) {
      table.append(
          String.format(
              Locale.ROOT, format, row.layer(), row.kind(), row.output(), row.parameters()));
    }
    return table.toString();
  }

  private static long ownParameters(Model part) {
    return part.variables().values().stream()
        .filter(Variable::isTrained)
        .mapToLong(variable -> variable.shape().size())
        .sum();
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
