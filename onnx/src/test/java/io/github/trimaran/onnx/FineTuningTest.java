package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.RealData;
import io.github.trimaran.io.weights.Npy;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.onnx.file.GraphReader;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.CrossEntropy;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An imported network trains like any other. */
class FineTuningTest {

  private static final int STEPS = 20;

  private static double[] losses(String backendName) throws IOException {
    Path folder = RealData.require("onnx/mini-resnet");
    try (Backend<?> backend = Backends.get(backendName);
        OnnxModel model = Onnx.read(folder.resolve("model.onnx"))) {
      model.init(backend, DType.FLOAT64, Rng.seeded(29));
      Sgd optimizer = new Sgd(model.parameters(), 0.01).momentum(0.9);
      Tensor x =
          Tensor.of(
              backend, Npy.readZip(folder.resolve("data.npz")).get("input_0").to(DType.FLOAT64));
      int batch = x.shape().dim(0);
      long[] classes = IntStream.range(0, batch).mapToLong(i -> (3 * i + 1) % 10).toArray();
      Tensor labels = Tensor.of(backend, classes, batch);
      double[] losses = new double[STEPS];
      for (int step = 0; step < STEPS; step++) {
        try (Scope scope = Scope.open()) {
          Tensor logits = model.forward(x, Mode.train(Rng.seeded(step)));
          Tensor loss = CrossEntropy.of(logits, labels, 0).mean();
          losses[step] = loss.item();
          List<Tensor> parameters = Parameter.tensors(model.parameters());
          Gradients gradients = Gradients.of(loss, parameters);
          optimizer.step(parameters.stream().map(gradients::get).toList());
        }
      }
      optimizer.close();
      return losses;
    }
  }

  @Test
  void lossFallsAlikeOnAllBackends() throws IOException {
    double[] first = losses("cpu");
    for (int step = 1; step < STEPS; step++) {
      assertThat(first[step]).as("step " + step).isLessThan(first[0]);
    }
    assertThat(first[STEPS - 1]).isLessThan(0.8 * first[0]);
    assertThat(losses("nd4j")).containsExactly(first, within(1e-9));
    assertThat(losses("djl")).containsExactly(first, within(1e-9));
  }

  private static byte[] bodyAndHead() {
    return new ModelBuilder(13)
        .input("x", 1, -1, 3)
        .initialiser("body.0.weight", OperatorCase.random(4, 3))
        .initialiser("body.0.bias", OperatorCase.random(4))
        .initialiser("head.weight", OperatorCase.random(2, 4))
        .initialiser("head.bias", OperatorCase.random(2))
        .node(
            "Gemm",
            List.of("x", "body.0.weight", "body.0.bias"),
            List.of("h"),
            ModelBuilder.attribute("transB", 1))
        .node("Relu", List.of("h"), List.of("r"))
        .node(
            "Gemm",
            List.of("r", "head.weight", "head.bias"),
            List.of("y"),
            ModelBuilder.attribute("transB", 1))
        .output("y")
        .build();
  }

  private static List<Parameter> notFrozen(OnnxModel model) {
    return model.parameters().stream().filter(parameter -> !parameter.isFrozen()).toList();
  }

  private static List<String> trained(OnnxModel model) {
    return notFrozen(model).stream().map(Parameter::name).toList();
  }

  @Test
  void freezesAsItReads(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), bodyAndHead());
    OnnxImport from = OnnxImport.of(file);
    assertThat(trained(from.read())).hasSize(4);
    assertThat(trained(from.frozen().read())).isEmpty();
    assertThat(trained(from.frozen("body.", "head.b").read())).containsExactly("head.weight");
    assertThatThrownBy(() -> from.frozen("layer1.").read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "OnnxModel: nothing to freeze begins with 'layer1.'; there are body.0.weight,"
                + " body.0.bias, head.weight, head.bias");
    try (Backend<?> backend = Backends.get("cpu");
        OnnxModel model = from.frozen("body.").read();
        Scope scope = Scope.open()) {
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      Sgd optimizer = new Sgd(model.parameters(), 0.1).weightDecay(0.1);
      StateDict before = model.stateDict();
      Tensor loss = model.forward(Tensor.ones(backend, Shape.of(2, 3), DType.FLOAT32)).sum();
      optimizer.step(Gradients.of(loss, Parameter.tensors(notFrozen(model))));
      StateDict after = model.stateDict();
      for (String name : before.names()) {
        assertThat(after.get(name).equals(before.get(name)))
            .as(name)
            .isEqualTo(name.startsWith("body."));
      }
    }
  }

  @Test
  void partsFreezeAndWeightsAreSaved() throws IOException {
    byte[] file = bodyAndHead();
    try (Backend<?> backend = Backends.get("cpu");
        OnnxModel model = model(file);
        OnnxModel copy = model(file)) {
      assertThat(model.summary(Shape.of(5, 3))).contains("body/0", "[5, 4]", "head", "26");
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      assertThat(model.stateDict().names())
          .containsExactly("body.0.weight", "body.0.bias", "head.weight", "head.bias");
      assertThat(model.stateDict().get("head.bias")).isEqualTo(OperatorCase.random(2));
      model.part("body").freeze();
      assertThat(trained(model)).containsExactly("head.weight", "head.bias");
      model.copyTo(copy);
      assertThat(copy.stateDict().arrays()).isEqualTo(model.stateDict().arrays());
    }
  }

  private static OnnxModel model(byte[] file) throws IOException {
    return new OnnxModel(GraphReader.read(ByteBuffer.wrap(file), Path.of("model")));
  }
}
