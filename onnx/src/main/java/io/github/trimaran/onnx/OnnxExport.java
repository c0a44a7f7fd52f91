package io.github.trimaran.onnx;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.files.AtomicFiles;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.GraphReader;
import io.github.trimaran.onnx.file.GraphWriter;
import io.github.trimaran.onnx.file.Port;
import io.github.trimaran.onnx.write.FreeAxis;
import io.github.trimaran.onnx.write.GraphOf;
import io.github.trimaran.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How a model is written as an ONNX file. Methods return a changed copy.
 *
 * <pre>{@code
 * OnnxExport.of(gpt)
 *     .names("tokens", "logits")
 *     .opset(17)
 *     .freeAxis("length", 1)                  // texts of up to the example's 64 tokens
 *     .write(HostArray.zeros(Shape.of(1, 64), DType.INT64), Path.of("gpt.onnx"));
 * }</pre>
 *
 * <p>A model of another form tells its function:
 *
 * <pre>{@code
 * OnnxExport.of(towers, in -> Map.of("score", towers.forward(in.get("a"), in.get("b"), Mode.EVAL)))
 *     .write(Map.of("a", a, "b", b), Path.of("towers.onnx"));
 * }</pre>
 *
 * <p>The function runs, for evaluation, on a backend that records its operations and computes only
 * shapes; so it must do the same whatever values it is given. Parameters and buffers keep their
 * names. The first axis of every input is a free batch unless {@link #fixedBatch} is called: the
 * function runs at two batch sizes, and what changes between them follows the batch. Nobody else
 * may use the model meanwhile. The file is read back and checked before it takes its place.
 */
public final class OnnxExport {

  /** The oldest version of ONNX's operators that is written. */
  public static final int OLDEST_OPSET = 13;

  /** The newest that ONNX Runtime reads as released, and the default. */
  public static final int NEWEST_OPSET = 23;

  private final Model model;
  private final UnaryOperator<Map<String, Tensor>> function;
  private String input = "input";
  private String output = "output";
  private int opset = NEWEST_OPSET;
  private boolean freeBatch = true;
  private final List<FreeAxis> freeAxes;
  private final Map<String, String> metadata;

  private OnnxExport(Model model, UnaryOperator<Map<String, Tensor>> function) {
    this.model = model;
    this.function = function;
    freeAxes = new ArrayList<>();
    metadata = new LinkedHashMap<>();
  }

  private OnnxExport(OnnxExport other) {
    model = other.model;
    function = other.function;
    input = other.input;
    output = other.output;
    opset = other.opset;
    freeBatch = other.freeBatch;
    freeAxes = new ArrayList<>(other.freeAxes);
    metadata = new LinkedHashMap<>(other.metadata);
  }

  /** Of a layer, with the input {@code "input"} and the output {@code "output"}. */
  public static OnnxExport of(Layer layer) {
    if (layer instanceof OnnxModel imported) {
      OnnxExport export =
          new OnnxExport(imported, given -> imported.forward(given, Mode.EVAL).byName());
      imported.metadata().forEach((key, value) -> export.metadata.put(key, value));
      export.metadata.remove("producer");
      export.input = imported.inputs().get(0).name();
      export.output = imported.outputs().get(0).name();
      return export;
    }
    return new OnnxExport(layer, null);
  }

  /**
   * Of any model.
   *
   * @param function calls the model for evaluation: from inputs to outputs, each by name, in order
   */
  public static OnnxExport of(Model model, UnaryOperator<Map<String, Tensor>> function) {
    return new OnnxExport(model, function);
  }

  private OnnxExport changed(Consumer<OnnxExport> change) {
    OnnxExport copy = new OnnxExport(this);
    change.accept(copy);
    return copy;
  }

  /** The same with other names for a layer's input and output. */
  public OnnxExport names(String newInput, String newOutput) {
    if (newInput.isEmpty() || newOutput.isEmpty() || newInput.equals(newOutput)) {
      throw new IllegalArgumentException(
          "onnx: input and output need names of their own, are '"
              + newInput
              + "' and '"
              + newOutput
              + "'");
    }
    if (function != null) {
      throw new IllegalArgumentException("onnx: the function names its inputs and outputs itself");
    }
    return changed(
        copy -> {
          copy.freeAxes.replaceAll(axis -> axis.ofInput(input, newInput));
          copy.input = newInput;
          copy.output = newOutput;
        });
  }

  /**
   * The same in another version of ONNX's operators, {@value #OLDEST_OPSET} to {@value
   * #NEWEST_OPSET}.
   */
  public OnnxExport opset(int version) {
    if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
      throw new IllegalArgumentException(
          "onnx: opset "
              + version
              + " is not written; "
              + OLDEST_OPSET
              + " to "
              + NEWEST_OPSET
              + " are");
    }
    return changed(copy -> copy.opset = version);
  }

  /** The same for batches of the example's size only. */
  public OnnxExport fixedBatch() {
    return changed(copy -> copy.freeBatch = false);
  }

  /** The same with another free axis of the only input: any extent up to the example's. */
  public OnnxExport freeAxis(String name, int axis) {
    return freeAxis(name, Map.of(input, axis));
  }

  /** The same with another free axis, which several inputs may have. */
  public OnnxExport freeAxis(String name, Map<String, Integer> axes) {
    return changed(copy -> copy.freeAxes.add(new FreeAxis(name, Map.copyOf(axes), true)));
  }

  /** The same with a note in the file. */
  public OnnxExport metadata(String key, String value) {
    return changed(copy -> copy.metadata.put(key, value));
  }

  /** The same with notes in the file: the preparation of images, for instance. */
  public OnnxExport metadata(Map<String, String> notes) {
    return changed(copy -> copy.metadata.putAll(notes));
  }

  /** The same with the names of the classes as a note, one a line under {@code class_names}. */
  public OnnxExport classNames(List<String> names) {
    return metadata("class_names", String.join("\n", names));
  }

  // ---- writing --------------------------------------------------------------------------------

  /** Writes a layer; see {@link #write(Map, Path)}. */
  public void write(HostArray example, Path file) throws IOException {
    write(Map.of(input, example), file);
  }

  /**
   * Writes the file, whole or not at all.
   *
   * @param examples an array of the type and shape of each input; their values do not matter
   * @throws IllegalArgumentException if the function cannot be written as a graph: the part of the
   *     model, the reason and the way out
   * @throws IOException if the file cannot be written
   */
  public void write(Map<String, HostArray> examples, Path file) throws IOException {
    byte[] content = bytes(examples, file);
    AtomicFiles.write(file, content);
  }

  /** The file in memory, read back and checked. */
  byte[] bytes(Map<String, HostArray> examples, Path file) throws IOException {
    Map<String, HostArray> ordered = ordered(examples);
    Graph graph = new GraphOf(model, called(), axes(ordered), opset).graph(ordered, metadata);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GraphWriter.write(graph, out);
    byte[] content = out.toByteArray();
    OnnxException.require(file, GraphReader.read(ByteBuffer.wrap(content), file));
    return content;
  }

  private UnaryOperator<Map<String, Tensor>> called() {
    if (function != null) {
      return function;
    }
    return given -> Map.of(output, ((Layer) model).forward(given.get(input), Mode.EVAL));
  }

  /** Of an imported model in its own order. */
  private Map<String, HostArray> ordered(Map<String, HostArray> examples) {
    Map<String, HostArray> ordered = new LinkedHashMap<>();
    if (model instanceof OnnxModel imported) {
      for (Port port : imported.inputs()) {
        if (examples.containsKey(port.name())) {
          ordered.put(port.name(), examples.get(port.name()));
        }
      }
    }
    examples.forEach(ordered::putIfAbsent);
    if (ordered.isEmpty()) {
      throw new IllegalArgumentException("onnx: needs an example of each input, there is none");
    }
    return ordered;
  }

  private List<FreeAxis> axes(Map<String, HostArray> examples) {
    List<FreeAxis> all = new ArrayList<>();
    if (model instanceof OnnxModel imported && freeBatch && freeAxes.isEmpty()) {
      return named(imported);
    }
    if (freeBatch) {
      Map<String, Integer> first = new LinkedHashMap<>();
      examples.forEach(
          (name, example) -> {
            if (example.shape().rank() > 0) {
              first.put(name, 0);
            }
          });
      if (!first.isEmpty()) {
        all.add(new FreeAxis("batch", first, false));
      }
    }
    for (FreeAxis axis : freeAxes) {
      axis.axes()
          .forEach(
              (name, along) -> {
                HostArray example = examples.get(name);
                if (example == null || along < 0 || along >= example.shape().rank()) {
                  throw new IllegalArgumentException(
                      "onnx: the free axis '"
                          + axis.name()
                          + "' is axis "
                          + along
                          + " of '"
                          + name
                          + "', which "
                          + (example == null
                              ? "is no input; there are " + examples.keySet()
                              : "is " + example.shape()));
                }
                if (freeBatch && along == 0) {
                  throw new IllegalArgumentException(
                      "onnx: axis 0 is the batch, which is free already; call fixedBatch() first");
                }
              });
      all.add(axis);
    }
    return all;
  }

  /** Those that the file of an imported model names: the first axes at any extent. */
  private static List<FreeAxis> named(OnnxModel imported) {
    Map<String, Map<String, Integer>> axes = new LinkedHashMap<>();
    for (Port port : imported.inputs()) {
      List<String> extents = port.extents() == null ? List.of() : port.extents();
      for (int axis = 0; axis < extents.size(); axis++) {
        String name = extents.get(axis);
        if (!name.equals("?") && !Character.isDigit(name.charAt(0))) {
          axes.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(port.name(), axis);
        }
      }
    }
    List<FreeAxis> free = new ArrayList<>();
    axes.forEach(
        (name, where) ->
            free.add(new FreeAxis(name, where, where.values().stream().allMatch(a -> a > 0))));
    return free;
  }
}
