package io.github.trimaran.nn.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.GELU;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Lambda;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Variable;
import io.github.trimaran.nn.attention.LearnedPositions;
import io.github.trimaran.nn.attention.RotaryPositions;
import io.github.trimaran.nn.attention.SinusoidalPositions;
import io.github.trimaran.nn.attention.TransformerEncoder;
import io.github.trimaran.nn.attention.TransformerEncoderLayer;
import io.github.trimaran.nn.models.AirbenchNet;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.nn.models.Fire;
import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.nn.recurrent.GRU;
import io.github.trimaran.nn.recurrent.LSTM;
import io.github.trimaran.nn.recurrent.RNN;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormsTest {

  private static final Forms FORMS = Forms.standard();

  /** A layer of a user's own. */
  private static final class ChannelScale extends Layer {

    private final Variable scale;

    ChannelScale(int channels) {
      scale =
          parameter("scale", Parameter.Role.NORM, Shape.of(channels, 1, 1), Initializers.ones());
    }

    @Override
    protected Tensor compute(Tensor x, Mode mode) {
      return x.mul(scale.tensor());
    }

    @Override
    public Form form() {
      return Form.of("channels", scale.shape().dim(0));
    }
  }

  static Stream<Model> models() {
    Shape digit = Shape.of(1, 6, 6);
    TransformerEncoderLayer block =
        new TransformerEncoderLayer(8, 2)
            .feedForward(16)
            .activation(GELU::new)
            .dropout(0.2)
            .normFirst()
            .batchFirst()
            .withoutBias()
            .rotary(new RotaryPositions(4).base(100).halves());
    return Stream.of(
        new BasicConvNet(BasicConvNet.Settings.defaults(digit).withFilters(2).withFilterSize(3)),
        new ConvNet(new ConvNet.Settings(digit, 2, 2, 3, 5, 3, true, 0.25)),
        new GPT(new GPT.Settings(11, 6, 8, 2, 2, 0.1)),
        new SqueezeNet(SqueezeNet.Version.V1_1, 5),
        SqueezeNet.normed(4),
        new Fire(4, 2, 3),
        new TransformerEncoder(block, 2).norm(new LayerNorm(8).withoutBias()),
        new LearnedPositions(4, 6).batchFirst(),
        new SinusoidalPositions(6).batchFirst(),
        new RNN(3, 4).layers(2).relu().withoutBias(),
        new GRU(3, 4).bidirectional().dropout(0.5),
        new LSTM(3, 4).batchFirst());
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelsAreMadeAgain(Model model) throws IOException {
    Model again = FORMS.read(Json.parseObject(Json.write(FORMS.write(model))));
    assertThat(again).hasSameClassAs(model).hasToString(model.toString());
    assertThat(again.shapes()).isEqualTo(model.shapes());
    assertThat(again.ties()).isEqualTo(model.ties());
  }

  @Test
  void aSequenceIsATreeThatCanBeRead() {
    Sequential model =
        Sequential.builder()
            .add("fc1", new Linear(4, 8))
            .add("relu", new ReLU())
            .add("conv", new Conv2d(1, 2, 3).padding(1).withoutBias())
            .build();
    assertThat(Json.write(FORMS.write(model)))
        .isEqualTo(
            """
            {"kind":"Sequential","layers":{"fc1":{"kind":"Linear","inputs":4,"outputs":8},\
            "relu":{"kind":"ReLU"},\
            "conv":{"kind":"Conv2d","inputs":1,"outputs":2,"kernel":[3,3],"stride":[1,1],\
            "padding":[1,1,1,1],"dilation":[1,1],"bias":false}}}""");
  }

  @Test
  void formsOfGeluSayWhichItIs() throws IOException {
    assertThat(Json.write(FORMS.write(new Sequential(new GELU(), GELU.exact()))))
        .isEqualTo(
            """
            {"kind":"Sequential","layers":{"0":{"kind":"GELU"},\
            "1":{"kind":"GELU","approximate":"none"}}}""");
    assertThat(read("{'kind':'GELU','approximate':'none'}")).hasToString(GELU.exact().toString());
    assertThat(read("{'kind':'GELU','approximate':'tanh'}")).hasToString(new GELU().toString());
    assertThatThrownBy(() -> read("{'kind':'GELU','approximate':'fast'}"))
        .hasMessage("model: approximate must be 'none' or 'tanh', is 'fast'");
  }

  private static Model read(String json) throws IOException {
    return FORMS.read(Json.parseObject(json.replace('\'', '"')));
  }

  @Test
  void aNetworkThatIsASequenceIsWrittenAsOne() throws IOException {
    AirbenchNet net =
        new AirbenchNet(
            AirbenchNet.Settings.defaults().scaled(0.03).deepened(), Shape.of(24, 3, 2, 2));
    Model again = FORMS.read(Json.parseObject(Json.write(FORMS.write(net))));
    assertThat(again).isExactlyInstanceOf(Sequential.class);
    assertThat(again.shapes()).isEqualTo(net.shapes());
  }

  @Test
  void whatTheUserTiedStaysTied() throws IOException {
    Sequential model = new Sequential(new Linear(3, 3), new ReLU(), new Linear(3, 3));
    model.tie("2.weight", "0.weight");
    Layer again = (Layer) FORMS.read(Json.parseObject(Json.write(FORMS.write(model))));
    assertThat(again.ties()).containsOnlyKeys("2.weight");
    NaiveBackend backend = new NaiveBackend();
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    again.init(backend, DType.FLOAT64, model.stateDict());
    try (Scope scope = Scope.open("a tied model")) {
      Tensor x = Tensor.of(backend, new double[] {1, -2, 3}, 1, 3);
      assertThat(again.forward(x).toHost()).isEqualTo(model.forward(x).toHost());
    }
  }

  @Test
  void aLayerOfOnesOwnIsRegistered() throws IOException {
    Sequential model = new Sequential(new ChannelScale(3));
    assertThatThrownBy(() -> FORMS.write(model))
        .hasMessage(
            "forms: ChannelScale is not registered; register how it is made:"
                + " forms.with(ChannelScale.class, (json, forms) -> ...)");
    Forms mine =
        FORMS.with(ChannelScale.class, (json, forms) -> new ChannelScale(json.int32("channels")));
    Model again = mine.read(Json.parseObject(Json.write(mine.write(model))));
    assertThat(again.shapes()).isEqualTo(model.shapes());
    assertThatThrownBy(() -> FORMS.read(Json.parseObject(Json.write(mine.write(model)))))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("model: kind 'ChannelScale' is not known;");
  }

  @Test
  void aFormThatDoesNotTellAllIsRefusedWhenItIsWritten() {
    Forms wrong = FORMS.with(ChannelScale.class, (json, forms) -> new ChannelScale(1));
    assertThatThrownBy(() -> wrong.write(new ChannelScale(3)))
        .hasMessage(
            "forms: the form of ChannelScale does not tell all: made again it has the weights"
                + " {scale=[1, 1, 1]} instead of {scale=[3, 1, 1]}");
    Forms greedy =
        FORMS.with(ChannelScale.class, (json, forms) -> new ChannelScale(json.int32("width")));
    assertThatThrownBy(() -> greedy.write(new ChannelScale(3)))
        .hasMessage(
            "forms: the form of ChannelScale does not tell what its maker asks for:"
                + " json: document has no \"width\"");
  }

  @Test
  void aFunctionCannotBeWritten() {
    assertThatThrownBy(() -> FORMS.write(new Sequential(new Lambda("square", x -> x.mul(x)))))
        .hasMessageStartingWith("forms: Lambda is not registered;");
  }

  /** What a hostile or damaged file may hold: one line, no large memory, no class loaded. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\":\"java.lang.ProcessBuilder\"} | model: kind 'java.lang.ProcessBuilder' is not known;",
        "{\"kind\":\"Linear\",\"inputs\":4} | json: document has no \"outputs\"",
        "{\"kind\":\"Linear\",\"inputs\":4,\"outputs\":0} | model: Linear: inputs and outputs must",
        "{\"kind\":\"LSTM\",\"inputs\":4,\"hidden\":1,\"layers\":2000000000} | model: layers must be from 1 to 1000",
        "{\"kind\":\"GPT\",\"vocabulary\":4,\"context\":4,\"width\":4,\"heads\":2,\"layers\":99999,\"dropout\":0} | model: layers must be",
        "{\"kind\":\"Sequential\",\"layers\":{\"a\":{\"kind\":\"LSTM\",\"inputs\":4,\"hidden\":1}}} | model: LSTM stands where a layer is wanted",
        "{\"kind\":\"Sequential\",\"layers\":{\"a.b\":{\"kind\":\"ReLU\"}}} | model: Sequential: 'a.b' is no name",
        "{\"kind\":\"ReLU\",\"ties\":{\"a\":\"b\"}} | model: ReLU: no parameter 'a'",
        "{\"kind\":\"MaxPool2d\",\"kernel\":[2],\"dilation\":[1,1]} | model: kernel must be 2 numbers, are 1",
      })
  void badFormsAreRefused(String json, String message) {
    assertThatThrownBy(() -> FORMS.read(Json.parseObject(json)))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anActivationOfPartsDoesNotMultiply() throws IOException {
    String activation = "{\"kind\":\"Sequential\",\"layers\":{\"a\":{\"kind\":\"ReLU\"}}}";
    String json =
        "{\"kind\":\"TransformerEncoder\",\"count\":1000,\"layer\":{\"width\":4,\"heads\":2,"
            + "\"feed_forward\":4,\"dropout\":0,\"activation\":"
            + activation
            + "}}";
    assertThatThrownBy(() -> FORMS.read(Json.parseObject(json)))
        .hasMessage("model: an activation cannot be of parts");
  }
}
