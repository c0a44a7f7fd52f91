package io.github.trimaran.benchmarks.run;

import io.github.trimaran.benchmarks.peers.OnnxFiles;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.onnx.Onnx;
import io.github.trimaran.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cases of one network from an ONNX file: each backend beside ONNX Runtime. */
public final class OnnxCases {

  /** The benchmark. */
  public static final String BENCHMARK = "OnnxFile.outputs";

  /** Whom ours are compared with. */
  public static final String PEER = "peer-onnxruntime";

  private static final List<String> BY = List.of("cpu", "nd4j", "djl", PEER);
  private static final List<Integer> BATCHES = List.of(1, 16);

  private OnnxCases() {}

  /**
   * Those that match a filter. A first axis that is free is measured at {@code 1} and {@code 16},
   * unless its extent is given.
   *
   * @param extents of the free axes, by name
   * @throws IOException if the file is no model of ONNX, damaged, or not known here
   * @throws InputException if an extent is missing, or is of no free axis
   */
  public static List<Case> of(Path file, Map<String, Integer> extents, Pattern filter)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "--model: " + (Files.isDirectory(file) ? file + " is a folder" : "no file " + file));
    }
    List<Case> cases = new ArrayList<>();
    try (OnnxModel model = Onnx.read(file)) {
      for (Map<String, Integer> each : chosen(file, model, extents)) {
        String setting =
            each.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        for (String by : BY) {
          cases.add(
              Case.of(
                  BENCHMARK, by, "model", file.toAbsolutePath().toString(), "extents", setting));
        }
      }
    }
    return cases.stream().filter(one -> filter.matcher(one.id()).find()).toList();
  }

  private static List<Map<String, Integer>> chosen(
      Path file, OnnxModel model, Map<String, Integer> extents) {
    if (model.inputs().stream().anyMatch(port -> port.extents() == null)) {
      throw new InputException(file + ": an input has no shape: " + model.inputs());
    }
    List<String> free = OnnxFiles.freeAxes(model);
    extents.forEach(
        (name, extent) -> {
          if (!free.contains(name)) {
            throw new InputException(
                "--extent: " + file + " has no free axis '" + name + "'; there are " + free);
          }
          if (extent < 1) {
            throw new InputException("--extent: " + name + " must be at least 1, is " + extent);
          }
        });
    String first = model.inputs().isEmpty() || free.isEmpty() ? null : free.get(0);
    boolean isBatch =
        first != null && !extents.containsKey(first) && OnnxFiles.isFirstAxis(model, first);
    List<String> missing =
        free.stream()
            .filter(name -> !extents.containsKey(name) && !(isBatch && name.equals(first)))
            .toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "--model: "
              + file
              + " has free axes; say how long they are: "
              + missing.stream()
                  .map(name -> "--extent '" + name + "=N'")
                  .collect(Collectors.joining(" ")));
    }
    List<Map<String, Integer>> all = new ArrayList<>();
    for (int batch : isBatch ? BATCHES : List.of(0)) {
      Map<String, Integer> one = new TreeMap<>(extents);
      if (isBatch) {
        one.put(first, batch);
      }
      all.add(one);
    }
    return all;
  }
}
