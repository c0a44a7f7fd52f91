package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.RealData;
import io.github.trimaran.io.weights.Npy;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.onnx.file.Port;
import io.github.trimaran.onnx.file.StoredTensor;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that PyTorch exported give PyTorch's outputs, and ONNX's own those of its suite. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("one-jdk")
class NetworksTest {

  /** Small, so that hardly any ReLU changes sides on the way. */
  private static final double STEP = 1e-7;

  private final Map<String, Backend<?>> backends = new LinkedHashMap<>();

  private Backend<?> backend(String name) {
    return backends.computeIfAbsent(name, Backends::get);
  }

  @AfterAll
  void close() {
    backends.values().forEach(Backend::close);
  }

  private static Map<String, Tensor> inputs(
      OnnxModel model, StateDict data, Backend<?> backend, DType dtype) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Port port : model.inputs()) {
      HostArray values = data.get(port.name());
      boolean other = values.dtype().isFloating() && values.dtype() != dtype;
      inputs.put(port.name(), Tensor.of(backend, other ? values.to(dtype) : values));
    }
    return inputs;
  }

  // ---- outputs --------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "mlp-batchnorm,cpu", "mlp-batchnorm,nd4j", "mlp-batchnorm,djl",
    "fire-ceil,cpu", "fire-ceil,nd4j", "fire-ceil,djl",
    "mini-resnet,cpu", "mini-resnet,nd4j", "mini-resnet,djl",
    "unet,cpu", "unet,nd4j", "unet,djl",
    "char-transformer,cpu", "char-transformer,nd4j", "char-transformer,djl",
    "gru-regression,cpu", "gru-regression,nd4j", "gru-regression,djl",
    "misc-ops,cpu", "misc-ops,nd4j", "misc-ops,djl",
    "grouped-dilated,cpu", "grouped-dilated,nd4j", "grouped-dilated,djl"
  })
  void outputs(String name, String backendName) throws IOException {
    Path folder = RealData.require("onnx/" + name);
    StateDict data = Npy.readZip(folder.resolve("data.npz"));
    Backend<?> backend = backend(backendName);
    try (OnnxModel model = Onnx.read(folder.resolve("model.onnx"));
        Scope scope = Scope.open()) {
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      OnnxOutputs found = model.forward(inputs(model, data, backend, DType.FLOAT32), Mode.EVAL);
      for (Port output : model.outputs()) {
        HostArray expected = data.get(output.name());
        HostArray values = found.get(output.name()).toHost();
        assertThat(values.shape()).isEqualTo(expected.shape());
        for (int i = 0; i < expected.shape().size(); i++) {
          assertThat(values.get(i))
              .as(output.name() + " at " + i)
              .isCloseTo(expected.get(i), within(1e-5 * Math.max(1, Math.abs(expected.get(i)))));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "squeezenet,cpu",
    "squeezenet,nd4j",
    "squeezenet,djl",
    "bvlc_alexnet,cpu",
    "bvlc_alexnet,nd4j",
    "bvlc_alexnet,djl",
    "inception_v1,cpu",
    "inception_v1,nd4j",
    "inception_v1,djl",
    "resnet50,cpu",
    "resnet50,nd4j",
    "resnet50,djl",
    "vgg19,cpu",
    "vgg19,nd4j",
    "vgg19,djl"
  })
  void wholeArchitectures(String name, String backendName) throws IOException {
    Path folder = RealData.require("onnx/light");
    HostArray expected = StoredTensor.read(folder.resolve("light_" + name + "_output_0.pb"));
    Backend<?> backend = backend(backendName);
    try (OnnxModel model = Onnx.read(folder.resolve("light_" + name + ".onnx"));
        GradMode off = GradMode.disable();
        Scope scope = Scope.open()) {
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      int[] extents =
          model.inputs().get(0).extents().stream().mapToInt(Integer::parseInt).toArray();
      Shape shape = Shape.of(extents);
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = i / (float) values.length;
      }
      HostArray found = model.forward(Tensor.of(backend, HostArray.of(values, shape))).toHost();
      assertThat(found.shape()).isEqualTo(expected.shape());
      for (int i = 0; i < expected.shape().size(); i++) {
        assertThat(found.get(i))
            .isCloseTo(expected.get(i), within(1e-7 + 1e-3 * Math.abs(expected.get(i))));
      }
    }
  }

  // ---- gradients ------------------------------------------------------------------------------

  /** A sum of all float outputs, weighted at random. */
  private static Tensor projection(OnnxModel model, Map<String, Tensor> inputs) {
    Rng rng = Rng.seeded(5);
    Tensor sum = Tensor.scalar(model.backend(), 0, DType.FLOAT64);
    for (Tensor output : model.forward(inputs, Mode.EVAL).tensors()) {
      if (output.dtype().isFloating()) {
        Tensor weights = Tensor.rand(model.backend(), output.shape(), DType.FLOAT64, rng);
        sum = sum.add(output.mul(weights).sum());
      }
    }
    return sum;
  }

  private static HostArray moved(HostArray values, double[] direction, double distance) {
    double[] moved = values.toDoubles();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += distance * direction[i];
    }
    return HostArray.of(moved, values.shape());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp-batchnorm",
        "fire-ceil",
        "mini-resnet",
        "unet",
        "char-transformer",
        "gru-regression",
        "misc-ops",
        "grouped-dilated"
      })
  void gradients(String name) throws IOException {
    checkGradients(name, "cpu");
  }

  @ParameterizedTest
  @CsvSource({"mlp-batchnorm,nd4j", "mlp-batchnorm,djl", "misc-ops,nd4j", "misc-ops,djl"})
  void gradientsOnEngines(String name, String backendName) throws IOException {
    checkGradients(name, backendName);
  }

  @ParameterizedTest
  @CsvSource({
    "fire-ceil,nd4j", "fire-ceil,djl",
    "mini-resnet,nd4j", "mini-resnet,djl",
    "unet,nd4j", "unet,djl",
    "char-transformer,nd4j", "char-transformer,djl",
    "gru-regression,nd4j", "gru-regression,djl",
    "grouped-dilated,nd4j", "grouped-dilated,djl"
  })
  @Tag("soak")
  void gradientsOfLargerNetworksOnEngines(String name, String backendName) throws IOException {
    checkGradients(name, backendName);
  }

  /** Along a random direction in all parameters and float inputs at once. */
  private void checkGradients(String name, String backendName) throws IOException {
    Path folder = RealData.require("onnx/" + name);
    StateDict data = Npy.readZip(folder.resolve("data.npz"));
    Backend<?> backend = backend(backendName);
    try (OnnxModel model = Onnx.read(folder.resolve("model.onnx"));
        Scope scope = Scope.open()) {
      model.init(backend, DType.FLOAT64, Rng.seeded(29));
      Map<String, Tensor> point = inputs(model, data, backend, DType.FLOAT64);
      point.replaceAll((key, x) -> x.dtype().isFloating() ? x.requiresGrad() : x);
      List<Tensor> leaves = new ArrayList<>(Parameter.tensors(model.parameters()));
      point.values().stream().filter(x -> x.dtype().isFloating()).forEach(leaves::add);
      Gradients gradients = Gradients.of(projection(model, point), leaves);

      Rng rng = Rng.seeded(7);
      Map<Tensor, double[]> directions = new IdentityHashMap<>();
      double analytic = 0;
      for (Tensor leaf : leaves) {
        double[] direction = new double[leaf.shape().size()];
        double[] gradient = gradients.get(leaf).toDoubles();
        for (int i = 0; i < direction.length; i++) {
          direction[i] = rng.nextDouble(-1, 1);
          analytic += direction[i] * gradient[i];
        }
        directions.put(leaf, direction);
      }
      double near = value(model, point, directions, STEP) - value(model, point, directions, -STEP);
      double numeric = near / (2 * STEP);
      assertThat(analytic).isCloseTo(numeric, within(1e-6 * Math.max(1, Math.abs(numeric))));
      assertThat(analytic).isNotZero();
    }
  }

  private static double value(
      OnnxModel model, Map<String, Tensor> point, Map<Tensor, double[]> directions, double by) {
    Map<String, HostArray> before = new LinkedHashMap<>();
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open()) {
      for (Parameter parameter : model.parameters()) {
        HostArray values = parameter.tensor().toHost();
        before.put(parameter.name(), values);
        double[] direction = directions.get(parameter.tensor());
        parameter.tensor().assign(Tensor.of(model.backend(), moved(values, direction, by)));
      }
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      point.forEach(
          (key, x) ->
              inputs.put(
                  key,
                  directions.containsKey(x)
                      ? Tensor.of(model.backend(), moved(x.toHost(), directions.get(x), by))
                      : x));
      double result = projection(model, inputs).item();
      for (Parameter parameter : model.parameters()) {
        parameter.tensor().assign(Tensor.of(model.backend(), before.get(parameter.name())));
      }
      return result;
    }
  }
}
