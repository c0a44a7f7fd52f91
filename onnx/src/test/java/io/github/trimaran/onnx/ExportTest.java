package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.RealData;
import io.github.trimaran.io.weights.Npy;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Embedding;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.GELU;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Softmax;
import io.github.trimaran.nn.attention.LearnedPositions;
import io.github.trimaran.nn.attention.RotaryPositions;
import io.github.trimaran.nn.attention.SinusoidalPositions;
import io.github.trimaran.nn.attention.TransformerEncoder;
import io.github.trimaran.nn.attention.TransformerEncoderLayer;
import io.github.trimaran.nn.models.AirbenchNet;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.nn.recurrent.GRU;
import io.github.trimaran.nn.recurrent.LSTM;
import io.github.trimaran.nn.recurrent.RNN;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks give on ONNX Runtime what they give here, at other batches than the exported one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {

  private final Backend<?> backend = Backends.get("cpu");

  @AfterAll
  void close() {
    backend.close();
  }

  private <M extends Model> M started(M model) {
    model.init(backend, DType.FLOAT32, Rng.seeded(29));
    return model;
  }

  // ---- networks -------------------------------------------------------------------------------

  /** A network and the shape of its images. */
  private record Images(String name, Layer network, Shape shape) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Images> images() {
    Shape digit = Shape.of(1, 12, 12);
    return Stream.of(
        new Images(
            "basic",
            new BasicConvNet(
                BasicConvNet.Settings.defaults(digit).withFilters(4).withFilterSize(5)),
            digit),
        new Images(
            "conv", new ConvNet(new ConvNet.Settings(digit, 2, 4, 3, 16, 10, true, 0.5)), digit),
        new Images(
            "conv without norm",
            new ConvNet(new ConvNet.Settings(digit, 2, 4, 3, 16, 10, false, 0)),
            digit),
        new Images(
            "mlp",
            new Sequential(new Flatten(), new Linear(144, 20), new ReLU(), new Linear(20, 10)),
            digit),
        new Images("linear", new Sequential(new Flatten(), new Linear(144, 10)), digit),
        new Images(
            "record",
            new AirbenchNet(AirbenchNet.Settings.defaults().scaled(0.1), Shape.of(24, 3, 2, 2)),
            Shape.of(3, 32, 32)),
        new Images(
            "record-deep",
            new AirbenchNet(
                AirbenchNet.Settings.defaults().scaled(0.1).deepened(), Shape.of(24, 3, 2, 2)),
            Shape.of(3, 32, 32)),
        new Images(
            "squeezenet 1.1", new SqueezeNet(SqueezeNet.Version.V1_1, 10), Shape.of(3, 63, 63)),
        new Images(
            "squeezenet 1.0", new SqueezeNet(SqueezeNet.Version.V1_0, 10), Shape.of(3, 63, 63)),
        new Images("squeezenet, normed", SqueezeNet.normed(10), Shape.of(3, 32, 32)),
        new Images(
            "squeezenet, small",
            new SqueezeNet(SqueezeNet.Version.SMALL, 10),
            Shape.of(3, 32, 32)));
  }

  @ParameterizedTest
  @MethodSource("images")
  void networksOfImages(Images images) throws Exception {
    try (Layer network = started(images.network())) {
      int[] dims = images.shape().dims();
      HostArray example = OperatorCase.random(2, dims[0], dims[1], dims[2]);
      for (int opset : new int[] {OnnxExport.OLDEST_OPSET, OnnxExport.NEWEST_OPSET}) {
        UnaryOperator<OnnxExport> settings = export -> export.opset(opset);
        Exported exported = Exported.of(network, example, settings).checkBatches(1, 3);
        exported.checkThereAndBack(settings);
      }
    }
  }

  @Test
  void whatOnnxHasAsOneIsOneNode() throws Exception {
    Layer network =
        started(
            new Sequential(
                new Conv2d(3, 4, 3),
                new ReLU(),
                new Conv2d(4, 4, 3).withoutBias(),
                new BatchNorm2d(4),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(36, 6),
                new LayerNorm(6),
                new GELU(),
                new Softmax()));
    Exported exported = Exported.of(network, OperatorCase.random(2, 3, 10, 10), export -> export);
    assertThat(exported.operators())
        .containsExactly(
            "Conv",
            "Relu",
            "Conv",
            "BatchNormalization",
            "MaxPool",
            "Reshape",
            "Gemm",
            "LayerNormalization",
            "Gelu",
            "Softmax");
    assertThat(exported.graph().initialisers().keySet())
        .contains("0.weight", "0.bias", "3.running_mean", "6.weight", "7.bias");
    assertThat(exported.graph().inputs().get(0)).hasToString("input float [batch, 3, 10, 10]");
    network.close();
  }

  @Test
  void bothFormsOfGelu() throws Exception {
    Layer network = started(new Sequential(new Linear(6, 5), new GELU(), GELU.exact()));
    for (int opset : new int[] {OnnxExport.OLDEST_OPSET, OnnxExport.NEWEST_OPSET}) {
      UnaryOperator<OnnxExport> settings = export -> export.opset(opset);
      Exported exported = Exported.of(network, OperatorCase.random(2, 6), settings);
      exported.checkBatches(1, 3).checkThereAndBack(settings);
    }
    List<Node> nodes =
        Exported.of(network, OperatorCase.random(2, 6), export -> export).graph().nodes();
    assertThat(nodes.stream().map(Node::operator)).containsExactly("Gemm", "Gelu", "Gelu");
    assertThat(nodes.get(1).text("approximate", "none")).isEqualTo("tanh");
    assertThat(nodes.get(2).text("approximate", "tanh")).isEqualTo("none");
    network.close();
  }

  // ---- sequences ------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {13, 17, 23})
  void aTransformerOfAnyLength(int opset) throws Exception {
    try (GPT gpt = started(new GPT(new GPT.Settings(11, 8, 16, 2, 2, 0)))) {
      HostArray longest = OperatorCase.integers(0, 11, 2, 8);
      UnaryOperator<OnnxExport> settings = export -> export.opset(opset);
      Exported exported =
          Exported.of(gpt, longest, export -> settings.apply(export).freeAxis("length", 1));
      assertThat(exported.graph().outputs().get(0)).hasToString("output float [batch, length, 11]");
      for (int length : new int[] {1, 3, 7, 8}) {
        exported.check(Map.of("input", OperatorCase.integers(0, 11, 3, length)));
      }
      exported.checkThereAndBack(settings);
    }
  }

  /** A model of sequences as a layer, and the shape of its input. */
  private record Sequences(String name, Model model, UnaryOperator<Tensor> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sequences> sequences() {
    TransformerEncoderLayer block = new TransformerEncoderLayer(8, 2).feedForward(16).batchFirst();
    TransformerEncoder encoder = new TransformerEncoder(block, 2);
    TransformerEncoder rotary =
        new TransformerEncoder(block.normFirst().rotary(new RotaryPositions(4)), 1)
            .norm(new LayerNorm(8));
    LearnedPositions learned = new LearnedPositions(6, 8).batchFirst();
    SinusoidalPositions waves = new SinusoidalPositions(8).batchFirst();
    LSTM lstm = new LSTM(8, 5).bidirectional().batchFirst();
    GRU gru = new GRU(8, 5).layers(2).batchFirst();
    RNN rnn = new RNN(8, 5).relu().batchFirst();
    return Stream.of(
        new Sequences("encoder", encoder, x -> encoder.forward(x, Mode.EVAL)),
        new Sequences("rotary encoder", rotary, x -> rotary.forward(x, Mode.EVAL)),
        new Sequences("learned positions", learned, x -> learned.forward(x, Mode.EVAL)),
        new Sequences("waves", waves, x -> waves.forward(x, Mode.EVAL)),
        new Sequences("lstm", lstm, x -> lstm.forward(x, Mode.EVAL).output()),
        new Sequences("gru", gru, x -> gru.forward(x, Mode.EVAL).output()),
        new Sequences("rnn", rnn, x -> rnn.forward(x, Mode.EVAL).output()));
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void networksOfSequences(Sequences sequences) throws Exception {
    try (Model model = started(sequences.model())) {
      HostArray example = OperatorCase.random(2, 6, 8);
      Exported exported =
          Exported.of(
              model,
              given -> Map.of("y", sequences.function().apply(given.get("x"))),
              Map.of("x", example),
              export -> export);
      exported.checkBatches(1, 3).checkThereAndBack(export -> export);
    }
  }

  @Test
  void stepsOfALoopHaveAFixedLength() {
    Linear step = started(new Linear(8, 8));
    assertThatThrownBy(
            () ->
                Exported.of(
                    step,
                    given -> {
                      Tensor state = given.get("x").select(1, 0);
                      for (int t = 1; t < given.get("x").shape().dim(1); t++) {
                        state = step.forward(state).add(given.get("x").select(1, t));
                      }
                      return Map.of("y", state);
                    },
                    Map.of("x", OperatorCase.random(2, 6, 8)),
                    export -> export.freeAxis("length", Map.of("x", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other operations for other extents")
        .hasMessageContaining("fixed extents");
    step.close();
  }

  /** Networks that PyTorch exported, at the batch they were exported at. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp-batchnorm",
        "fire-ceil",
        "mini-resnet",
        "unet",
        "char-transformer",
        "gru-regression",
        "grouped-dilated"
      })
  void importedNetworks(String name) throws Exception {
    Path folder = RealData.require("onnx/" + name);
    StateDict data = Npy.readZip(folder.resolve("data.npz"));
    try (OnnxModel model = started(Onnx.read(folder.resolve("model.onnx")))) {
      Map<String, HostArray> inputs = new LinkedHashMap<>();
      model.inputs().forEach(port -> inputs.put(port.name(), data.get(port.name())));
      Exported.of(
              model,
              given -> model.forward(given, Mode.EVAL).byName(),
              inputs,
              OnnxExport::fixedBatch)
          .check(inputs)
          .checkThereAndBack(OnnxExport::fixedBatch);
    }
  }

  // ---- models of any form ---------------------------------------------------------------------

  /** Two inputs of different types, two outputs. */
  private static final class TwoTowers extends Model {
    private final Embedding words = child("words", new Embedding(7, 4));
    private final Linear numbers = child("numbers", new Linear(3, 4));

    Map<String, Tensor> forward(Map<String, Tensor> given) {
      return run(
          Mode.EVAL,
          () -> {
            Tensor left = words.forward(given.get("word"), Mode.EVAL);
            Tensor right = numbers.forward(given.get("numbers"), Mode.EVAL);
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            outputs.put("score", left.mul(right).sum(1));
            outputs.put("words", left);
            outputs.put("same", given.get("numbers"));
            outputs.put("weight", numbers.weight().tensor());
            return outputs;
          });
    }
  }

  @Test
  void severalInputsAndOutputs() throws Exception {
    TwoTowers towers = started(new TwoTowers());
    Map<String, HostArray> examples = new LinkedHashMap<>();
    examples.put("word", OperatorCase.integers(0, 7, 2));
    examples.put("numbers", OperatorCase.random(2, 3));
    Exported exported = Exported.of(towers, towers::forward, examples, export -> export);
    exported.checkBatches(1, 5).checkThereAndBack(export -> export);
    towers.close();
  }

  @Test
  void doubles() throws Exception {
    Layer network = new Sequential(new Linear(4, 3), new Softmax());
    network.init(backend, DType.FLOAT64, Rng.seeded(29));
    HostArray example = OperatorCase.random(2, 4).to(DType.FLOAT64);
    Exported.of(network, example, export -> export)
        .checkBatches(1, 3)
        .checkThereAndBack(export -> export);
    network.close();
  }

  @Test
  void theModelIsAsItWas() throws Exception {
    Layer network = started(new Sequential(new Linear(4, 3), new ReLU()));
    Tensor before = network.parameters().get(0).tensor();
    long live = backend.liveArrays();
    Exported.of(network, OperatorCase.random(2, 4), export -> export);
    assertThat(network.parameters().get(0).tensor()).isSameAs(before);
    assertThat(network.backend()).isSameAs(backend);
    assertThat(backend.liveArrays()).isEqualTo(live);
    network.close();
  }
}
