package io.github.trimaran.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Embedding;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.forms.Forms;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The last states by what they are of the states of all steps. */
class RecurrentLayerTest {

  private static final int STEPS = 5;
  private static final int BATCH = 2;

  private final NaiveBackend backend = new NaiveBackend();

  static Stream<Supplier<RNNBase<?, ?>>> recurrences() {
    return Stream.of(
        () -> new RNN(3, 4),
        () -> new LSTM(3, 4),
        () -> new GRU(3, 4).layers(2),
        () -> new LSTM(3, 4).bidirectional().layers(2),
        () -> new GRU(3, 4).bidirectional().batchFirst());
  }

  private <M extends Model> M initialised(M model) {
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
  }

  @ParameterizedTest
  @MethodSource("recurrences")
  void theLastStatesAreThoseOfTheLastStepEachWay(Supplier<RNNBase<?, ?>> made) {
    RecurrentSettings settings = made.get().settings();
    Shape shape = settings.batchFirst() ? Shape.of(BATCH, STEPS, 3) : Shape.of(STEPS, BATCH, 3);
    double[] numbers = Rng.seeded(7).doubles(shape.size(), -1, 1).toArray();
    Tensor x = Tensor.of(backend, HostArray.of(numbers, shape));
    RecurrentLayer sequences = initialised(RecurrentLayer.sequences(made.get()));
    RNNBase<?, ?> inside = (RNNBase<?, ?>) sequences.part("recurrence");
    Tensor all = inside.forward(x, Mode.EVAL).tensors().get(0);
    assertThat(sequences.forward(x).toHost()).isEqualTo(all.toHost());
    Tensor last = initialised(RecurrentLayer.last(made.get())).forward(x);
    int width = 4 * settings.directions();
    assertThat(last.shape()).isEqualTo(Shape.of(BATCH, width));
    Tensor steps = settings.batchFirst() ? all.transpose(0, 1) : all;
    for (int n = 0; n < BATCH; n++) {
      for (int h = 0; h < width; h++) {
        int step = h < 4 ? STEPS - 1 : 0; // going backward ends at the first
        assertThat(last.select(0, n).select(0, h).item())
            .isEqualTo(steps.select(0, step).select(0, n).select(0, h).item());
      }
    }
  }

  @Test
  void standsInASequence() {
    Sequential rating =
        initialised(
            new Sequential(
                new Embedding(10, 3),
                RecurrentLayer.sequences(new LSTM(3, 4).batchFirst()),
                RecurrentLayer.last(new GRU(4, 2).batchFirst()),
                new Linear(2, 1)));
    Tensor words = Tensor.of(backend, new long[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(rating.forward(words).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(rating.shapes()).containsKey("1.recurrence.weight_ih_l0");
    assertThat(rating.summary(Shape.of(2, 3), DType.INT64)).contains("recurrence");
  }

  @Test
  void isMadeAgainFromItsForm() throws IOException {
    Sequential model =
        new Sequential(
            RecurrentLayer.sequences(new LSTM(3, 4).batchFirst()),
            RecurrentLayer.last(new GRU(4, 2).bidirectional()));
    Forms forms = Forms.standard();
    String json = Json.write(forms.write(model));
    Model again = forms.read(Json.parseObject(json));
    assertThat(Json.write(forms.write(again))).isEqualTo(json);
    assertThat(again.shapes()).isEqualTo(model.shapes());
    String wrong = "{\"kind\":\"RecurrentLayer\",\"recurrence\":{\"kind\":\"ReLU\"}}";
    assertThatThrownBy(() -> forms.read(Json.parseObject(wrong)))
        .isInstanceOf(JsonException.class)
        .hasMessage("model: RecurrentLayer needs an RNN, LSTM or GRU, not a ReLU");
  }
}
