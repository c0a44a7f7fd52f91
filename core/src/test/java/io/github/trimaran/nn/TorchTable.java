package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What PyTorch 1.13 gives in float64, from the resource {@code nn/layers.txt}: a line each for the
 * output of a case, with its shape; for the gradients of {@code <u, output>} to the input and each
 * parameter, as their products with a direction; and for the buffers after training.
 *
 * <pre>
 * Linear | output [2, 3] | 0.25 -1.5 ...
 * Linear | gradient weight | 0.75
 * </pre>
 *
 * <p>Input, parameters, buffers, {@code u} and the directions are the sequences of {@link
 * LayerCase#values} called {@code "input"}, by their key, {@code "u"} and {@code "direction of "}
 * and the key; the same few lines of arithmetic made them for PyTorch's module of the same
 * settings, loaded by {@code load_state_dict}. RMSNorm, which PyTorch 1.13 has not, is its formula
 * in PyTorch's operations, and so is Hardsigmoid, whose gradient it multiplies by a sixth in single
 * precision. Exact GELU is its formula too, by the error function's complement in C.
 */
final class TorchTable {

  /** One line's numbers. */
  record Entry(Shape shape, double[] values) {}

  private final Map<String, Map<String, Entry>> cases = new LinkedHashMap<>();

  private TorchTable() {}

  static TorchTable read(String resource) {
    TorchTable table = new TorchTable();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                TorchTable.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      lines.lines().map(line -> line.split(" \\| ", -1)).forEach(table::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private void add(String[] fields) {
    double[] values =
        Arrays.stream(fields[2].split(" ", -1))
            .filter(text -> !text.isEmpty())
            .mapToDouble(Double::parseDouble)
            .toArray();
    int bracket = fields[1].indexOf(" [");
    String key = bracket < 0 ? fields[1] : fields[1].substring(0, bracket);
    Shape shape = bracket < 0 ? Shape.of(values.length) : shape(fields[1].substring(bracket + 2));
    cases
        .computeIfAbsent(fields[0], name -> new LinkedHashMap<>())
        .put(key, new Entry(shape, values));
  }

  private static Shape shape(String text) {
    return Shape.of(
        Arrays.stream(text.replace("]", "").split(", ", -1))
            .filter(extent -> !extent.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray());
  }

  Map<String, Map<String, Entry>> cases() {
    return cases;
  }

  Map<String, Entry> of(String name) {
    if (!cases.containsKey(name)) {
      throw new AssertionError("no case '" + name + "' in PyTorch's table");
    }
    return cases.get(name);
  }
}
