package io.github.trimaran.examples.training;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.data.prediction.PixelPreparation;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.examples.datasets.OnnxImages;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.onnx.Onnx;
import io.github.trimaran.onnx.OnnxModel;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.train.prediction.PredictorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network that tells what a picture shows, from any file that does: a saved one of this program,
 * or an ONNX file.
 *
 * <pre>{@code
 * PictureModel model = PictureModel.read(Path.of("net.onnx"));
 * try (Predictor<HostArray, Classified> predictor = model.predictor(backend, DType.FLOAT32)) {
 *   System.out.println(predictor.predict(pixels));     // cat 97.1 %, dog 1.6 %, ship 0.8 %
 * }
 * }</pre>
 */
public final class PictureModel {

  private static final String CLASS_NAMES = "class_names";
  private static final int RGB = 3;

  /** Makes what answers on a backend. */
  @FunctionalInterface
  private interface Source {
    Predictor<HostArray, Classified> on(Backend<?> backend, DType dtype) throws IOException;
  }

  /** As the notes of weights tell how to prepare images. */
  private record NotedPreparation(ImagePreparation image, Shape shape)
      implements Preparation<HostArray> {

    @Override
    public String kind() {
      return "image";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.copyOf(image.metadata());
    }

    @Override
    public Map<String, HostArray> apply(HostArray pixels) {
      int[] extents = shape.dims();
      HostArray one = pixels.reshape(Shape.of(1, extents[0], extents[1], extents[2]));
      return Map.of(Batch.INPUT, image.apply(one).reshape(shape));
    }
  }

  /**
   * Of a network that may give probabilities itself, and may not tell what its classes are called.
   */
  private record AnyClasses(List<String> names, boolean probabilities)
      implements Answer<Classified> {

    @Override
    public String kind() {
      return "any classes";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("names", names, "probabilities", probabilities);
    }

    @Override
    public Classified apply(List<HostArray> outputs) {
      HostArray output = outputs.get(0);
      if (Arrays.stream(output.shape().dims()).filter(extent -> extent > 1).count() > 1) {
        throw new IllegalArgumentException(
            "gives " + output.shape() + " for a picture, not a score for each class");
      }
      double[] scores = output.toDoubles();
      List<String> all =
          names.size() == scores.length
              ? names
              : IntStream.range(0, scores.length).mapToObj(i -> "class " + i).toList();
      return probabilities
          ? new Classified(all, Arrays.stream(scores).boxed().toList())
          : new ClassAnswer(all).apply(outputs);
    }
  }

  private final Shape inputShape;
  private final String about;
  private final Source source;

  private PictureModel(Shape inputShape, String about, Source source) {
    this.inputShape = inputShape;
    this.about = about;
    this.source = source;
  }

  /**
   * Reads a file: ONNX if its name ends so, else what {@code --save} or {@code export} wrote.
   *
   * @throws IOException if it is missing, damaged or something else
   */
  public static PictureModel read(Path file) throws IOException {
    if (!file.toString().endsWith(".onnx")) {
      return of(SavedModel.read(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException("no file " + file + "; 'export --format onnx' makes one");
    }
    return of(file);
  }

  /** A saved network of this program. */
  public static PictureModel of(SavedModel saved) {
    return new PictureModel(
        saved.settings().inputShape(), "trained on " + saved.trainedOn(), saved::predictor);
  }

  // ---- ONNX -----------------------------------------------------------------------------------

  private static PictureModel of(Path file) throws IOException {
    OnnxModel model = Onnx.read(file);
    Map<String, String> notes = model.metadata();
    Shape shape = OnnxImages.shape(file, model);
    Preparation<HostArray> preparation = preparation(file, notes, shape);
    List<String> names = notes.getOrDefault(CLASS_NAMES, "").lines().map(Printable::of).toList();
    AnyClasses answer = new AnyClasses(names, OnnxImages.endsInSoftmax(model));
    String data = notes.get(SavedModel.DATA);
    boolean told =
        notes.containsKey(SavedModel.NORMALIZATION) || notes.containsKey("channel_order");
    return new PictureModel(
        shape,
        (data == null ? "of ONNX" : "trained on " + Printable.of(data))
            + (told
                ? ""
                : "; it does not tell how to prepare images: "
                    + (shape.dim(0) == RGB ? "as for ImageNet" : "from 0 to 1")),
        (backend, dtype) -> {
          // The backend has the weights until it is closed.
          OnnxModel fresh = Onnx.read(file);
          fresh.init(backend, dtype, Rng.seeded(0));
          return Predictor.of(
              fresh,
              preparation,
              answer,
              PredictorSettings.standard().batch(1).warmUp(Duration.ZERO));
        });
  }

  private static Preparation<HostArray> preparation(
      Path file, Map<String, String> notes, Shape shape) {
    try {
      String own = notes.get(SavedModel.NORMALIZATION);
      if (own != null) {
        return new PixelPreparation(shape, SavedModel.normalization(own));
      }
      return shape.dim(0) == RGB
          ? new NotedPreparation(ImagePreparation.of(StateDict.of(Map.of(), notes)), shape)
          : new PixelPreparation(shape, Normalization.unit());
    } catch (JsonException | IllegalArgumentException e) {
      throw new InputException(file + ": its notes are damaged: " + e.getMessage(), e);
    }
  }

  // ---- what it is -----------------------------------------------------------------------------

  /** Of one image, {@code [C, H, W]}. */
  public Shape inputShape() {
    return inputShape;
  }

  /** What it was trained on, for a line of output. */
  public String about() {
    return about;
  }

  /** What answers for pixels from 0 to 255, {@code [C, H, W]}, on a backend; close it. */
  public Predictor<HostArray, Classified> predictor(Backend<?> backend, DType dtype)
      throws IOException {
    return source.on(backend, dtype);
  }
}
