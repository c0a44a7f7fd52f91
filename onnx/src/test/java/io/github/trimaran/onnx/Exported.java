package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.GraphReader;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A model that was exported, held against ONNX Runtime and against its own import. */
final class Exported {

  private static final double TOLERANCE = 1e-5;
  private static final Path NAME = Path.of("exported");

  private final Backend<?> backend;
  private final UnaryOperator<Map<String, Tensor>> function;
  private final Map<String, HostArray> examples;
  private final byte[] file;

  private Exported(
      Backend<?> backend,
      UnaryOperator<Map<String, Tensor>> function,
      Map<String, HostArray> examples,
      OnnxExport export)
      throws IOException {
    this.backend = backend;
    this.function = function;
    this.examples = examples;
    this.file = export.bytes(examples, NAME);
  }

  static Exported of(Layer layer, HostArray example, UnaryOperator<OnnxExport> settings)
      throws IOException {
    return new Exported(
        layer.backend(),
        given -> Map.of("output", layer.forward(given.get("input"))),
        Map.of("input", example),
        settings.apply(OnnxExport.of(layer)));
  }

  static Exported of(
      Model model,
      UnaryOperator<Map<String, Tensor>> function,
      Map<String, HostArray> examples,
      UnaryOperator<OnnxExport> settings)
      throws IOException {
    return new Exported(
        model.backend(), function, examples, settings.apply(OnnxExport.of(model, function)));
  }

  Graph graph() throws IOException {
    return GraphReader.read(ByteBuffer.wrap(file), NAME);
  }

  List<String> operators() throws IOException {
    return graph().nodes().stream().map(Node::operator).toList();
  }

  private static Map<String, HostArray> computed(
      Backend<?> backend,
      UnaryOperator<Map<String, Tensor>> function,
      Map<String, HostArray> inputs) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open()) {
      Map<String, Tensor> given = new LinkedHashMap<>();
      inputs.forEach((name, values) -> given.put(name, Tensor.of(backend, values)));
      Map<String, HostArray> outputs = new LinkedHashMap<>();
      function.apply(given).forEach((name, tensor) -> outputs.put(name, tensor.toHost()));
      return outputs;
    }
  }

  /** ONNX Runtime gives what the model gives. */
  Exported check(Map<String, HostArray> inputs) throws OrtException {
    Map<String, HostArray> expected = computed(backend, function, inputs);
    Map<String, HostArray> found = OnnxRuntime.run(file, inputs);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> compare(name, found.get(name), values));
    return this;
  }

  private static void compare(String name, HostArray found, HostArray expected) {
    assertThat(found.shape()).as(name).isEqualTo(expected.shape());
    assertThat(found.dtype()).as(name).isEqualTo(expected.dtype());
    for (int i = 0; i < expected.shape().size(); i++) {
      double want = expected.get(i);
      double got = found.get(i);
      boolean close =
          Double.compare(want, got) == 0
              || Math.abs(want - got) <= TOLERANCE * Math.max(1, Math.abs(want));
      assertThat(close).as(name + "[" + i + "] is " + got + " instead of " + want).isTrue();
    }
  }

  /** The same, on batches of other sizes than the example. */
  Exported checkBatches(int... sizes) throws OrtException {
    for (int size : sizes) {
      Map<String, HostArray> inputs = new LinkedHashMap<>();
      examples.forEach((name, example) -> inputs.put(name, batch(example, size)));
      check(inputs);
    }
    return this;
  }

  /** Values of the example, in another order. */
  static HostArray batch(HostArray example, int size) {
    Shape shape = example.shape().with(0, size);
    HostArray batch = HostArray.zeros(shape, example.dtype());
    for (int i = 0; i < shape.size(); i++) {
      batch.set(i, example.get((int) (i * 7L % example.shape().size())));
    }
    return batch;
  }

  /** Export, import, export: the same outputs bit for bit, and no more nodes. */
  void checkThereAndBack(UnaryOperator<OnnxExport> settings) throws IOException {
    Graph first = graph();
    try (OnnxModel imported = new OnnxModel(first)) {
      imported.init(backend, dtype(), Rng.seeded(0));
      byte[] again = settings.apply(OnnxExport.of(imported)).bytes(examples, NAME);
      Graph second = GraphReader.read(ByteBuffer.wrap(again), NAME);
      assertThat(second.nodes().size())
          .as(second.nodes() + " of " + first.nodes())
          .isLessThanOrEqualTo(first.nodes().size());
      assertThat(second.inputs()).isEqualTo(first.inputs());
      assertThat(second.outputs()).isEqualTo(first.outputs());
      try (OnnxModel twice = new OnnxModel(second)) {
        twice.init(backend, dtype(), Rng.seeded(0));
        assertThat(outputs(twice)).isEqualTo(outputs(imported));
      }
    }
  }

  private DType dtype() {
    return examples.values().stream().anyMatch(array -> array.dtype() == DType.FLOAT64)
        ? DType.FLOAT64
        : DType.FLOAT32;
  }

  private List<HostArray> outputs(OnnxModel model) {
    return new ArrayList<>(
        computed(backend, given -> model.forward(given, Mode.EVAL).byName(), examples).values());
  }
}
