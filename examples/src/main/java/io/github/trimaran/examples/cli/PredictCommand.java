package io.github.trimaran.examples.cli;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.training.PictureModel;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.vision.digits.DigitPreparation;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.image.Resize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a saved model sees in pictures. */
@Command(
    name = "predict",
    description = "Class and probabilities of image files; one's own handwritten digits included.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

  private static final int RGB = 3;
  private static final Shape DIGIT = Shape.of(1, 28, 28);

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "What 'train --save FILE' or 'export' wrote, or any ONNX file from one image to scores"
              + " (default: the digit reader that comes with the program).")
  private Path model;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "PNG or JPEG of any size; a digit dark on light or light on dark.")
  private List<Path> images;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    PictureModel saved =
        model == null ? PictureModel.of(SavedModel.embedded()) : PictureModel.read(model);
    Shape inputShape = saved.inputShape();
    if (!inputShape.equals(DIGIT) && inputShape.dim(0) != RGB) {
      throw new InputException(
          modelName()
              + ": takes "
              + inputShape
              + ", which predict cannot make of a picture; it makes [3, H, W] and [1, 28, 28]");
    }
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    console.say("Model: " + modelName() + ", " + saved.about());
    UnusablePictures unusable = new UnusablePictures(spec.commandLine());
    for (String name : options.backends()) {
      try (Engine engine = Engine.start(name, options);
          Predictor<HostArray, Classified> predictor =
              saved.predictor(engine.backend(), options.dtype())) {
        for (Path image : images) {
          try {
            console.result(image + ": " + classified(predictor, prepare(image, inputShape)));
          } catch (PictureException e) {
            unusable.tell(image, e);
          }
        }
      }
    }
    return unusable.exitCode();
  }

  /** {@code [C, H, W]} from 0 to 255. */
  private static HostArray prepare(Path image, Shape inputShape) throws IOException {
    HostArray pixels =
        inputShape.equals(DIGIT)
            ? DigitPreparation.read(image)
            : Pixels.of(Resize.to(Pictures.read(image), inputShape.dim(2), inputShape.dim(1)));
    return pixels.reshape(inputShape);
  }

  private Classified classified(Predictor<HostArray, Classified> predictor, HostArray pixels) {
    Classified seen;
    try {
      seen = predictor.predict(pixels);
    } catch (IllegalArgumentException e) {
      throw new InputException(modelName() + ": " + e.getMessage(), e);
    }
    if (Double.isNaN(seen.probability())) {
      throw new InputException(
          modelName()
              + ": its scores are not numbers, for its weights are too large; train it again");
    }
    return seen;
  }

  private String modelName() {
    return model == null ? "the program's own" : model.toString();
  }
}
