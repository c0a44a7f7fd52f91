package io.github.trimaran.examples.training;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.data.prediction.PixelPreparation;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.NormedConv2d;
import io.github.trimaran.onnx.OnnxExport;
import io.github.trimaran.train.Checkpoint;
import io.github.trimaran.train.Scoring;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.train.prediction.PredictorSettings;
import io.github.trimaran.train.prediction.SavedPredictor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained network with notes that tell how to build it and how to prepare its images: a
 * checkpoint as {@code --save} writes it, or what {@code export} makes of one.
 *
 * @param settings of the network
 * @param normalization of its images
 * @param weights by the network's names
 * @param trainedOn the data's name
 */
public record SavedModel(
    NetworkSettings settings, Normalization normalization, StateDict weights, String trainedOn) {

  private static final String NETWORK = "trimaran.network";
  static final String NORMALIZATION = "trimaran.normalization";
  static final String DATA = "trimaran.data";
  private static final String CHECKPOINT = "model/";
  private static final int RGB = 3;
  private static final String EMBEDDED = "basic-mnist.safetensors";

  /** The notes to save with the checkpoint of a network. */
  static Map<String, String> notes(
      NetworkSettings settings, Normalization normalization, String trainedOn) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(NETWORK, settings.toJson());
    notes.put(NORMALIZATION, toJson(normalization));
    notes.put(DATA, trainedOn);
    notes.putAll(
        SavedPredictor.notes(
            Networks.create(settings, null),
            preparation(settings, normalization),
            answer(settings),
            PredictorSettings.standard()));
    return notes;
  }

  private static Preparation<HostArray> preparation(
      NetworkSettings settings, Normalization normalization) {
    return new PixelPreparation(settings.inputShape(), normalization);
  }

  private static Answer<Classified> answer(NetworkSettings settings) {
    return new ClassAnswer(settings.classNames());
  }

  /**
   * Reads a file that {@code --save} or {@code export} wrote.
   *
   * @throws IOException if it is missing, damaged or something else
   */
  public static SavedModel read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file in it");
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException("no file " + file + "; 'train mnist --save FILE' makes one");
    }
    if (file.toString().endsWith(".onnx")) {
      throw new InputException(
          file
              + " is an ONNX file, which 'predict' and 'onnx' take; here is needed what"
              + " 'train --save' or 'export' wrote");
    }
    StateDict content = Safetensors.read(file);
    if (content.names().stream().anyMatch(name -> name.startsWith(CHECKPOINT))) {
      Checkpoint checkpoint = Checkpoint.read(file);
      content = checkpoint.model().withMetadata(checkpoint.metadata());
    }
    return of(content, file.toString());
  }

  /** The digit reader that comes with the program; see docs/models. */
  public static SavedModel embedded() throws IOException {
    try (InputStream in =
        SavedModel.class.getResourceAsStream("/io/github/trimaran/examples/" + EMBEDDED)) {
      if (in == null) {
        throw new InputException("this build has no model of its own; name one with --model");
      }
      return of(Safetensors.read(in.readAllBytes(), EMBEDDED), EMBEDDED);
    }
  }

  private static SavedModel of(StateDict content, String file) throws IOException {
    Map<String, String> notes = content.metadata();
    if (!notes.containsKey(NETWORK) || !notes.containsKey(NORMALIZATION)) {
      throw new InputException(
          file
              + ": does not tell which network it is of; 'train mnist --save FILE' makes one that does");
    }
    try {
      SavedModel saved =
          new SavedModel(
              NetworkSettings.fromJson(notes.get(NETWORK)),
              normalization(notes.get(NORMALIZATION)),
              StateDict.of(content.arrays()),
              Printable.of(notes.getOrDefault(DATA, "unknown data")));
      saved.forPrediction();
      return saved;
    } catch (JsonException | IllegalArgumentException | InputException e) {
      throw new InputException(file + ": its notes are damaged: " + e.getMessage(), e);
    }
  }

  /** How the network's recipe scores test images. */
  public Scoring scoring() {
    return Recipe.of(settings.network()).scoring();
  }

  /** Gives a model of the same network these weights. */
  void copyTo(Layer model) {
    try {
      model.loadStateDict(weights);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--init: weights of the network '" + settings.network().label() + "': " + e.getMessage(),
          e);
    }
  }

  /** The network with these weights on a backend, to be looked into or trained on; close it. */
  public Layer restore(Backend<?> backend, DType dtype) {
    Layer network = Networks.create(settings, null);
    network.init(backend, dtype, weights);
    return network;
  }

  /** With what a predictor needs, which is checked. */
  private SavedPredictor forPrediction() {
    return new SavedPredictor(
        Networks.create(settings, null),
        preparation(settings, normalization),
        answer(settings),
        weights);
  }

  /** What answers for pixels from 0 to 255, {@code [C, H, W]}, on a backend; close it. */
  public Predictor<HostArray, Classified> predictor(Backend<?> backend, DType dtype) {
    PredictorSettings alone =
        PredictorSettings.standard().batch(1).warmUp(Duration.ZERO).dtype(dtype);
    return Predictor.load(forPrediction(), backend, alone);
  }

  /**
   * Writes what a predictor is read from, on a computer that knows nothing of this program.
   *
   * @param dtype to compute in
   */
  public void writePredictor(Path file, DType dtype) throws IOException {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    weights
        .arrays()
        .forEach(
            (name, array) ->
                arrays.put(name, array.dtype().isFloating() ? array.to(dtype) : array));
    Safetensors.write(file, StateDict.of(arrays, notes(settings, normalization, trainedOn)));
  }

  /**
   * The network alone, for publishing: without the state of the training, batch normalisations made
   * part of their convolutions.
   */
  public StateDict exported() {
    NetworkSettings plain = settings.folded();
    Map<String, String> notes = notes(plain, normalization, trainedOn);
    if (settings.network().isSqueezeNet() && normalization.mean().shape().size() == RGB) {
      notes.putAll(
          new ImagePreparation(false, 1, values(normalization.mean()), values(normalization.std()))
              .metadata());
    }
    notes.put("class_names", String.join("\n", settings.classNames()));
    return NormedConv2d.fold(weights).withMetadata(notes);
  }

  /**
   * The same as an ONNX file, with the notes: images {@code [batch, C, H, W]} to {@code scores
   * [batch, classes]}.
   */
  public void writeOnnx(Path file, int opset) throws IOException {
    StateDict exported = exported();
    try (Backend<?> backend = Backends.get("cpu");
        Layer network = Networks.create(settings.folded(), null)) {
      network.init(backend, DType.FLOAT32, StateDict.of(exported.arrays()));
      int[] image = settings.inputShape().dims();
      OnnxExport.of(network)
          .names("images", "scores")
          .opset(opset)
          .metadata(exported.metadata())
          .write(HostArray.zeros(Shape.of(1, image[0], image[1], image[2]), DType.FLOAT32), file);
    }
  }

  private static String toJson(Normalization normalization) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean_shape", extents(normalization.mean()));
    json.put("mean", values(normalization.mean()));
    json.put("std_shape", extents(normalization.std()));
    json.put("std", values(normalization.std()));
    return Json.write(json);
  }

  static Normalization normalization(String text) throws JsonException {
    JsonObject json = Json.parseObject(text);
    return Normalization.of(array(json, "mean"), array(json, "std"));
  }

  private static HostArray array(JsonObject json, String name) throws JsonException {
    double[] doubles = json.numbers(name);
    float[] values = new float[doubles.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) doubles[i];
    }
    int[] extents = json.int32s(name + "_shape");
    return HostArray.of(values, Shape.of(extents));
  }

  private static List<Integer> extents(HostArray array) {
    return Arrays.stream(array.shape().dims()).boxed().toList();
  }

  private static List<Double> values(HostArray array) {
    List<Double> values = new ArrayList<>();
    for (float value : array.floats()) {
      values.add((double) value);
    }
    return values;
  }
}
