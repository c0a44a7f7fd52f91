package io.github.trimaran.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Numbers that PyTorch gave, a line each: {@code what | step | numbers}. */
public final class NumberTable {

  private final Map<String, Map<Integer, double[]>> rows = new LinkedHashMap<>();

  private NumberTable() {}

  /** Reads a table of the test resources. */
  public static NumberTable read(String resource) {
    try (InputStream bytes = NumberTable.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException("there is no resource " + resource);
      }
      NumberTable table = new NumberTable();
      new String(bytes.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(table::add);
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] cells = line.split(" \\| ");
    rows.computeIfAbsent(cells[0], name -> new LinkedHashMap<>())
        .put(
            Integer.parseInt(cells[1]),
            Arrays.stream(cells[2].split(" ")).mapToDouble(Double::parseDouble).toArray());
  }

  /** What there are numbers of. */
  public Set<String> names() {
    return rows.keySet();
  }

  /** Whether there are numbers after that step. */
  public boolean has(String name, int step) {
    return rows.containsKey(name) && rows.get(name).containsKey(step);
  }

  /** The numbers after that step. */
  public double[] get(String name, int step) {
    if (!has(name, step)) {
      throw new IllegalArgumentException("no numbers of " + name + " after step " + step);
    }
    return rows.get(name).get(step);
  }
}
