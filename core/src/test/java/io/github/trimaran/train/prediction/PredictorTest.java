package io.github.trimaran.train.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.ArrayPreparation;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.data.prediction.NumbersAnswer;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Embedding;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

  private static final PredictorSettings COLD = PredictorSettings.standard().warmUp(Duration.ZERO);

  private final NaiveBackend backend = new NaiveBackend();
  @TempDir private Path folder;

  /** Degrees, standardised. */
  private record Celsius(double mean, double std) implements Preparation<Double> {
    @Override
    public String kind() {
      return "celsius";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("mean", mean, "std", std);
    }

    @Override
    public Map<String, HostArray> apply(Double degrees) {
      float value = (float) ((degrees - mean) / std);
      return Map.of(Batch.INPUT, HostArray.of(new float[] {value}, Shape.of(1)));
    }
  }

  /** A number in its own unit. */
  private record Euros(double factor) implements Answer<Double> {
    @Override
    public String kind() {
      return "euros";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("factor", factor);
    }

    @Override
    public Double apply(List<HostArray> outputs) {
      return outputs.get(0).get(0) * factor;
    }
  }

  private static final PredictorSettings OWN =
      COLD.preparation("celsius", json -> new Celsius(json.number("mean"), json.number("std")))
          .answer("euros", json -> new Euros(json.number("factor")));

  /** Doubles what comes and adds 3. */
  private Layer line() {
    Layer line =
        new Linear(1, 1).weightInit(Initializers.constant(2)).biasInit(Initializers.constant(3));
    line.init(backend, DType.FLOAT32, Rng.seeded(1));
    return line;
  }

  @Test
  void fromTheUsersInputToTheUsersAnswer() {
    try (Layer line = line();
        Predictor<Double, Double> predictor =
            Predictor.of(line, new Celsius(10, 4), new Euros(100), COLD)) {
      // (18 - 10) / 4 = 2, times 2 plus 3 = 7.
      assertThat(predictor.predict(18.0)).isEqualTo(700);
      assertThat(predictor.predictAll(List.of(10.0, 14.0))).containsExactly(300.0, 500.0);
      assertThat(predictor.predictAll(List.of())).isEmpty();
      assertThat(predictor).hasToString("celsius -> Linear -> euros");
    }
  }

  @Test
  void oneFileTellsAll() throws IOException {
    Path file = folder.resolve("line.st");
    try (Layer line = line();
        Predictor<Double, Double> predictor =
            Predictor.of(line, new Celsius(10, 4), new Euros(100), OWN)) {
      predictor.save(file, Map.of("trained on", "the weather"));
    }
    long before = backend.liveArrays();
    try (Predictor<Double, Double> loaded = Predictor.load(file, backend, OWN)) {
      assertThat(loaded.predict(18.0)).isEqualTo(700);
    }
    assertThat(backend.liveArrays()).isEqualTo(before);
    assertThat(Safetensors.read(file).metadata()).containsEntry("trained on", "the weather");
  }

  @Test
  void kindsThatAreNotKnownAreToldWithTheFile() throws IOException {
    Path file = folder.resolve("line.st");
    try (Layer line = line()) {
      Predictor.of(line, new Celsius(10, 4), new Euros(100), OWN).save(file);
    }
    assertThatThrownBy(() -> Predictor.load(file, backend))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            file + ": cannot be used: preparation: kind 'celsius' is not known;");
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void filesThatAreNoPredictorsAreRefusedInOneLine() throws IOException {
    Path weights = folder.resolve("weights.st");
    StateDict plain = StateDict.of(Map.of("w", HostArray.of(new float[1], Shape.of(1))));
    Safetensors.write(weights, plain);
    assertThatThrownBy(() -> Predictor.load(weights, backend))
        .hasMessage(weights + ": holds weights but no predictor; Predictor.save writes one");
    assertRefused(
        plain, "{\"format\":2}", "format 2 is not known; use a newer version of Trimaran");
    assertRefused(plain, "{\"format\":1}", "json: document has no \"model\"");
    assertRefused(plain, "[", "json: unexpected end");
    String model = "{\"format\":1,\"model\":{\"kind\":\"Linear\",\"inputs\":1000000,\"outputs\":";
    String rest = "},\"preparation\":{\"kind\":\"array\",\"shape\":[1],\"dtype\":\"float32\"},";
    String answer = "\"answer\":{\"kind\":\"numbers\"}}";
    assertRefused(
        plain, model + "1000" + rest + answer, "state dictionary does not fit Linear: 2 missing");
    Path text = Files.writeString(folder.resolve("text"), "no weights");
    assertThatThrownBy(() -> Predictor.load(text, backend)).isInstanceOf(IOException.class);
  }

  private void assertRefused(StateDict weights, String note, String message) throws IOException {
    Path file = folder.resolve("bad.st");
    Safetensors.write(file, weights.withMetadata(Map.of(SavedPredictor.NOTE, note)));
    assertThatThrownBy(() -> Predictor.load(file, backend))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": cannot be used: " + message);
  }

  @Test
  void weightsOfAFailedTrainingAreRefused() throws IOException {
    Path file = folder.resolve("nan.st");
    try (Layer bad = new Linear(1, 1).biasInit(Initializers.constant(Double.NaN))) {
      bad.init(backend, DType.FLOAT32, Rng.seeded(1));
      Predictor.of(bad, new ArrayPreparation(Shape.of(1), DType.FLOAT32), new NumbersAnswer(), COLD)
          .save(file);
    }
    assertThatThrownBy(() -> Predictor.load(file, backend))
        .hasMessage(file + ": cannot be used: bias holds NaN: its training failed; train it again");
  }

  @Test
  void theDtypeIsThatOfTheWeightsUnlessChosen() throws IOException {
    Path file = folder.resolve("wide.st");
    try (Layer layer = new Linear(2, 2)) {
      layer.init(backend, DType.FLOAT64, Rng.seeded(1));
      Predictor.of(
              layer,
              new ArrayPreparation(Shape.of(2), DType.FLOAT32),
              new ClassAnswer(List.of("a", "b")),
              COLD)
          .save(file);
    }
    try (Predictor<HostArray, Classified> wide = Predictor.load(file, backend);
        Predictor<HostArray, Classified> narrow =
            Predictor.load(file, backend, COLD.dtype(DType.FLOAT32))) {
      assertThat(wide.model().dtype()).isEqualTo(DType.FLOAT64);
      assertThat(narrow.model().dtype()).isEqualTo(DType.FLOAT32);
      HostArray row = HostArray.of(new float[] {1, -1}, Shape.of(2));
      assertThat(wide.predict(row).probability())
          .isCloseTo(narrow.predict(row).probability(), within(1e-6));
    }
  }

  @Test
  void aQuestionThatFailsDoesNotFailTheOthers() {
    Preparation<HostArray> tokens = new ArrayPreparation(Shape.of(2), DType.INT64);
    try (Layer table = new Embedding(3, 1).weightInit(Initializers.constant(5))) {
      table.init(backend, DType.FLOAT32, Rng.seeded(1));
      HostArray good = HostArray.of(new long[] {0, 2}, Shape.of(2));
      HostArray bad = HostArray.of(new long[] {0, 3}, Shape.of(2));
      Batcher batcher =
          new Batcher(
              8,
              false,
              samples ->
                  samples.stream()
                      .map(
                          sample -> {
                            if (samples.size() > 1 || sample.get(Batch.INPUT) == bad) {
                              throw new IllegalArgumentException("token 3");
                            }
                            return List.of(sample.get(Batch.INPUT));
                          })
                      .toList());
      assertThat(batcher.ask(List.of(tokens.apply(good), tokens.apply(good)))).hasSize(2);
      assertThatThrownBy(() -> batcher.ask(List.of(tokens.apply(good), tokens.apply(bad))))
          .hasMessage("token 3");
      try (Predictor<HostArray, HostArray> predictor =
          Predictor.of(table, tokens, new NumbersAnswer(), COLD)) {
        assertThatThrownBy(() -> predictor.predict(bad)).hasMessageContaining("token 3");
        assertThat(predictor.predict(good).floats()).containsExactly(5, 5);
      }
    }
  }

  @Test
  void samplesOfDifferentShapesAreNotMixed() {
    Preparation<HostArray> any =
        new Preparation<>() {
          @Override
          public String kind() {
            return "any";
          }

          @Override
          public Map<String, Object> settings() {
            return Map.of();
          }

          @Override
          public Map<String, HostArray> apply(HostArray input) {
            return Map.of(Batch.INPUT, input);
          }
        };
    try (Layer relu = new ReLU()) {
      relu.init(backend, DType.FLOAT32, Rng.seeded(1));
      try (Predictor<HostArray, HostArray> predictor =
          Predictor.of(relu, any, new NumbersAnswer(), COLD)) {
        HostArray two = HostArray.of(new float[] {-1, 2}, Shape.of(2));
        HostArray three = HostArray.of(new float[] {-1, 2, 3}, Shape.of(3));
        List<HostArray> answers = predictor.predictAll(List.of(two, three, two));
        assertThat(answers.get(0).floats()).containsExactly(0, 2);
        assertThat(answers.get(1).floats()).containsExactly(0, 2, 3);
        assertThat(answers.get(2).floats()).containsExactly(0, 2);
      }
    }
  }

  @Test
  void batchesAreFilledToTheirFixedSize() {
    int[] largest = new int[1];
    try (Layer line = line();
        Predictor<Double, Double> predictor =
            Predictor.of(
                line,
                new Celsius(0, 1),
                new Euros(1),
                COLD.batch(4)
                    .inference(
                        Linear.class,
                        (linear, batch) -> {
                          largest[0] = batch.size();
                          return List.of(linear.forward(batch.input()));
                        }))) {
      assertThat(predictor.predict(1.0)).isEqualTo(5);
      assertThat(largest[0]).isEqualTo(4);
      assertThat(predictor.predictAll(List.of(0.0, 1.0, 2.0, 3.0, 4.0)))
          .containsExactly(3.0, 5.0, 7.0, 9.0, 11.0);
    }
  }

  /** A model of two inputs. */
  private static final class Sum extends Model {
    Tensor forward(Tensor a, Tensor b, Mode mode) {
      return run(mode, () -> a.add(b));
    }
  }

  @Test
  void modelsOfAnyFormAreAskedAsTheSettingsTell() {
    Preparation<float[]> pairs =
        new Preparation<>() {
          @Override
          public String kind() {
            return "pairs";
          }

          @Override
          public Map<String, Object> settings() {
            return Map.of();
          }

          @Override
          public Map<String, HostArray> apply(float[] pair) {
            return Map.of(
                "a", HostArray.of(new float[] {pair[0]}, Shape.of(1)),
                "b", HostArray.of(new float[] {pair[1]}, Shape.of(1)));
          }
        };
    try (Sum sum = new Sum()) {
      sum.init(backend, DType.FLOAT32, Rng.seeded(1));
      assertThatThrownBy(() -> Predictor.of(sum, pairs, new NumbersAnswer(), COLD))
          .hasMessage(
              "predictor: Sum is not a function of one tensor to one; tell how to ask it:"
                  + " settings.inference(Sum.class, (model, batch) -> ...)");
      PredictorSettings told =
          COLD.inference(
              Sum.class,
              (model, batch) -> List.of(model.forward(batch.get("a"), batch.get("b"), Mode.EVAL)));
      try (Predictor<float[], HostArray> predictor =
          Predictor.of(sum, pairs, new NumbersAnswer(), told)) {
        assertThat(predictor.predict(new float[] {1, 2}).floats()).containsExactly(3);
      }
    }
  }

  @Test
  void closedPredictorsSaySo() throws IOException {
    Path file = folder.resolve("line.st");
    try (Layer line = line()) {
      Predictor<Double, Double> own = Predictor.of(line, new Celsius(10, 4), new Euros(1), OWN);
      own.save(file);
      own.close();
      assertThatThrownBy(() -> own.predict(1.0)).hasMessage("predictor: is closed");
      assertThat(line.parameters().get(0).tensor().item()).isEqualTo(2);
    }
    Predictor<String, Double> loaded = Predictor.load(file, backend, OWN);
    assertThatThrownBy(() -> loaded.predict("warm"))
        .hasMessage("predictor: the preparation 'celsius' does not take a String");
    loaded.close();
    loaded.close();
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void outputsNeedTheSamplesAlongTheFirstAxis() {
    Layer sum = new Sequential(new Linear(1, 1));
    sum.init(backend, DType.FLOAT32, Rng.seeded(1));
    PredictorSettings whole =
        COLD.inference(
            Sequential.class, (model, batch) -> List.of(model.forward(batch.input()).sum()));
    try (sum;
        Predictor<Double, HostArray> predictor =
            Predictor.of(sum, new Celsius(0, 1), new NumbersAnswer(), whole)) {
      assertThatThrownBy(() -> predictor.predict(1.0))
          .hasMessage(
              "predictor: the model gives [] for 8 samples; they must lie along the first axis");
    }
  }
}
