package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.onnx.Onnx;
import io.github.trimaran.onnx.OnnxModel;
import io.github.trimaran.onnx.file.Port;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The outputs of a network from an ONNX file, read; inputs are normally distributed floats, and
 * zeros where they are integers.
 *
 * <pre>{@code
 * Work work = OnnxFiles.of("cpu", DType.FLOAT32, Path.of("net.onnx"), Map.of("batch", 16));
 * }</pre>
 */
public final class OnnxFiles {

  private OnnxFiles() {}

  /**
   * Reads the file.
   *
   * @param by one of our backends or {@code peer-onnxruntime}
   * @param extents of the free axes by name
   */
  public static Work of(String by, DType dtype, Path file, Map<String, Integer> extents) {
    Work.checkDType(by, dtype);
    OnnxModel model;
    try {
      model = Onnx.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, HostArray> inputs = inputs(model, extents);
    return by.equals("peer-onnxruntime")
        ? OrtInference.of(file, inputs)
        : ours(Work.start(by), dtype, model, inputs);
  }

  private static Work ours(
      Backend<?> backend, DType dtype, OnnxModel model, Map<String, HostArray> inputs) {
    model.init(backend, dtype, Rng.seeded(4));
    Map<String, Tensor> given = new LinkedHashMap<>();
    inputs.forEach(
        (name, values) ->
            given.put(
                name,
                Tensor.of(backend, values.dtype().isFloating() ? values.to(dtype) : values)
                    .persist()));
    return () -> {
      try (GradMode off = GradMode.disable();
          Scope scope = Scope.open("the outputs of a file")) {
        return model.forward(given, Mode.EVAL).tensors().stream().map(Tensor::toHost).toList();
      }
    };
  }

  /** What a free axis is called: as in the file; else by its place. */
  private static String name(Port port, int axis) {
    String extent = port.extents().get(axis);
    return !extent.equals("?") ? extent : axis == 0 ? "batch" : port.name() + "." + axis;
  }

  private static boolean isFree(String extent) {
    return !extent.chars().allMatch(Character::isDigit);
  }

  /** The names of the free axes of a network's inputs, the first input's first axis first. */
  public static List<String> freeAxes(OnnxModel model) {
    return model.inputs().stream()
        .filter(port -> port.extents() != null)
        .flatMap(
            port ->
                IntStream.range(0, port.extents().size())
                    .filter(axis -> isFree(port.extents().get(axis)))
                    .mapToObj(axis -> name(port, axis)))
        .distinct()
        .toList();
  }

  /** Whether the first input's first axis is called so. */
  public static boolean isFirstAxis(OnnxModel model, String name) {
    Port first = model.inputs().get(0);
    return !first.extents().isEmpty()
        && isFree(first.extents().get(0))
        && name(first, 0).equals(name);
  }

  private static Map<String, HostArray> inputs(OnnxModel model, Map<String, Integer> extents) {
    Map<String, HostArray> inputs = new LinkedHashMap<>();
    for (Port port : model.inputs()) {
      int[] dims = new int[port.extents().size()];
      for (int axis = 0; axis < dims.length; axis++) {
        String extent = port.extents().get(axis);
        dims[axis] = isFree(extent) ? extents.get(name(port, axis)) : Integer.parseInt(extent);
      }
      Shape shape = Shape.of(dims);
      DType kind = port.type().kind();
      inputs.put(
          port.name(),
          kind.isFloating()
              ? HostArray.of(Workload.normal(1, shape.size(), 1), shape).to(kind)
              : HostArray.zeros(shape, kind));
    }
    return inputs;
  }

  /** Reads the extents of free axes as cases have them: {@code batch=16,length=64}. */
  public static Map<String, Integer> extents(String setting) {
    Map<String, Integer> extents = new LinkedHashMap<>();
    for (String one : setting.isEmpty() ? new String[0] : setting.split(",", -1)) {
      int equals = one.lastIndexOf('=');
      extents.put(one.substring(0, equals), Integer.parseInt(one.substring(equals + 1)));
    }
    return extents;
  }
}
