package io.github.trimaran.data.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.io.json.Kinds;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionKindsTest {

  private static final Normalization SCALED =
      Normalization.of(
          HostArray.of(new float[] {10, 20}, Shape.of(2, 1, 1)),
          HostArray.of(new float[] {2}, Shape.of(1, 1, 1)));

  static Stream<Preparation<HostArray>> preparations() {
    return Stream.of(
        new ArrayPreparation(Shape.of(2, 1, 2), DType.FLOAT32),
        new PixelPreparation(Shape.of(2, 1, 2), SCALED));
  }

  @ParameterizedTest
  @MethodSource("preparations")
  void preparationsAreReadAsTheyWereWritten(Preparation<HostArray> written) throws JsonException {
    HostArray input = HostArray.of(new float[] {12, 14, 20, 21}, Shape.of(2, 1, 2));
    JsonObject json = Json.parseObject(Json.write(written.toJson()));
    Preparation<?> read = PredictionProvider.allPreparations().read(json);
    assertThat(read).hasSameClassAs(written);
    assertThat(cast(read).apply(input)).isEqualTo(written.apply(input));
    assertThat(read.example().get(Batch.INPUT).shape()).isEqualTo(input.shape());
  }

  @SuppressWarnings("unchecked") // All of them take arrays.
  private static Preparation<HostArray> cast(Preparation<?> read) {
    return (Preparation<HostArray>) read;
  }

  @Test
  void pixelsAreNormalisedAndTheInputStays() {
    HostArray pixels = HostArray.of(new float[] {12, 14, 20, 21}, Shape.of(2, 1, 2));
    HostArray prepared =
        new PixelPreparation(Shape.of(2, 1, 2), SCALED).apply(pixels).get(Batch.INPUT);
    assertThat(prepared.floats()).containsExactly(1, 2, 0, 0.5f);
    assertThat(pixels.floats()).containsExactly(12, 14, 20, 21);
  }

  @Test
  void inputsOfAnotherShapeAreRefused() {
    HostArray row = HostArray.of(new float[3], Shape.of(3));
    assertThatThrownBy(() -> new ArrayPreparation(Shape.of(4), DType.FLOAT32).apply(row))
        .hasMessage("preparation: expected float32 [4], is float32 [3]");
    assertThatThrownBy(() -> new PixelPreparation(Shape.of(2, 1, 2), SCALED).apply(row))
        .hasMessage("preparation: expected pixels [2, 1, 2], is [3]");
  }

  @Test
  void classesHaveProbabilities() throws JsonException {
    Answer<?> read =
        PredictionProvider.allAnswers()
            .read(Json.parseObject(Json.write(new ClassAnswer(List.of("a", "b", "c")).toJson())));
    // exp(0) : exp(ln 3) : exp(0) = 1 : 3 : 1.
    HostArray scores = HostArray.of(new double[] {1000, 1000 + Math.log(3), 1000}, Shape.of(3));
    Classified seen = (Classified) read.apply(List.of(scores));
    assertThat(seen.label()).isEqualTo("b");
    assertThat(seen.probability()).isCloseTo(0.6, within(1e-12));
    assertThat(seen.top(3)).containsExactly(1, 0, 2);
    assertThat(seen).hasToString("b 60.0 %, a 20.0 %, c 20.0 %");
  }

  @Test
  void scoresThatDoNotGoWithTheClassesAreRefused() {
    HostArray scores = HostArray.of(new float[4], Shape.of(4));
    assertThatThrownBy(() -> new ClassAnswer(List.of("a", "b")).apply(List.of(scores)))
        .hasMessage(
            "answer: the model gives [4] for one sample, not a score for each of 2 classes");
  }

  @Test
  void onlyWhatIsRegisteredIsRead() throws JsonException {
    JsonObject json = Json.parseObject("{\"kind\": \"java.lang.Runtime\"}");
    assertThatThrownBy(() -> Kinds.of("preparation").read(json))
        .isInstanceOf(JsonException.class)
        .hasMessage(
            "preparation: kind 'java.lang.Runtime' is not known; register how it is made, or use"
                + " one of []");
    assertThatThrownBy(() -> Kinds.write("array", Map.of("kind", 3)))
        .hasMessage("array: no setting can be called \"kind\"; give it another name");
  }
}
