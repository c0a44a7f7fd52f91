package io.github.trimaran.train.prediction;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFormatException;
import io.github.trimaran.nn.Model;
import io.github.trimaran.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file holds of a predictor: the form of the model and its weights, the preparation and the
 * answer. The file is a safetensors file whose metadata has the rest as JSON under {@value #NOTE};
 * a checkpoint that was given these {@link #notes} is one too.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(model, adam)
 *     .checkpoint(file)
 *     .metadata(SavedPredictor.notes(model, preparation, answer, PredictorSettings.standard()))
 *     .build();
 * trainer.fit(batches, 10);
 * Predictor<HostArray, Classified> predictor = Predictor.load(file, backend);
 * }</pre>
 *
 * @param model of that form, not yet initialised
 * @param preparation of inputs
 * @param answer of outputs
 * @param weights of the model, with whatever else was noted in the file
 */
public record SavedPredictor(
    Model model, Preparation<?> preparation, Answer<?> answer, StateDict weights) {

  /** Where the metadata have it. */
  public static final String NOTE = "trimaran.predictor";

  private static final int FORMAT = 1;
  private static final String CHECKPOINT = "model/";

  /**
   * Checks that the weights are those of the model, and numbers.
   *
   * @throws IllegalArgumentException in one line, if they are not
   */
  public SavedPredictor {
    model.requireMatch(weights);
    requireNumbers(weights);
  }

  /** The metadata that make a predictor of a file with this model's weights. */
  public static Map<String, String> notes(
      Model model, Preparation<?> preparation, Answer<?> answer, PredictorSettings settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("model", settings.forms().write(model));
    json.put("preparation", preparation.toJson());
    json.put("answer", answer.toJson());
    return Map.of(NOTE, Json.write(json));
  }

  /**
   * Reads a file.
   *
   * @throws IOException in one line, if it is missing, damaged, holds no predictor, or names a kind
   *     that the settings do not know
   */
  public static SavedPredictor read(Path file, PredictorSettings settings) throws IOException {
    StateDict content = Safetensors.read(file);
    if (content.names().stream().anyMatch(name -> name.startsWith(CHECKPOINT))) {
      Checkpoint checkpoint = Checkpoint.read(file);
      content = checkpoint.model().withMetadata(checkpoint.metadata());
    }
    return of(content, file.toString(), settings);
  }

  /**
   * The same from what a file holds.
   *
   * @param name how errors call the file
   */
  public static SavedPredictor of(StateDict content, String name, PredictorSettings settings)
      throws IOException {
    String note = content.metadata().get(NOTE);
    if (note == null) {
      throw new WeightFormatException(
          name, "holds weights but no predictor; Predictor.save writes one");
    }
    try {
      JsonObject json = Json.parseObject(note);
      if (json.int32("format") != FORMAT) {
        throw new JsonException(
            "format " + json.int32("format") + " is not known; use a newer version of Trimaran");
      }
      return new SavedPredictor(
          settings.forms().read(json.object("model")),
          settings.preparations().read(json.object("preparation")),
          settings.answers().read(json.object("answer")),
          content);
    } catch (JsonException | IllegalArgumentException e) {
      throw new WeightFormatException(name, "cannot be used: " + e.getMessage());
    }
  }

  /** Weights that a diverged training left give answers that look like any other. */
  private static void requireNumbers(StateDict weights) {
    weights
        .arrays()
        .forEach(
            (name, array) -> {
              for (int i = 0; i < array.shape().size(); i++) {
                if (!Double.isFinite(array.get(i))) {
                  throw new IllegalArgumentException(
                      name + " holds " + array.get(i) + ": its training failed; train it again");
                }
              }
            });
  }

  /** The dtype that the weights were saved in. */
  DType dtype() {
    return weights.arrays().values().stream().map(HostArray::dtype).anyMatch(DType.FLOAT64::equals)
        ? DType.FLOAT64
        : DType.FLOAT32;
  }
}
