package io.github.trimaran.examples.cli;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.examples.run.Cluster;
import io.github.trimaran.examples.run.ClusterOptions;
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
import java.nio.file.Files;
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

  @Mixin private ClusterOptions cluster;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    if (cluster.master != null && model != null && model.toString().endsWith(".onnx")) {
      throw new InputException(
          "--cluster: takes what 'train --save' or 'export' wrote; leave it out for " + model);
    }
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
    if (cluster.master != null) {
      askCluster(inputShape, console, unusable);
      return unusable.exitCode();
    }
    for (String name : options.backends()) {
      try (Engine engine = Engine.start(name, options);
          Predictor<HostArray, Classified> predictor =
              saved.predictor(engine.backend(), options.dtype())) {
        for (Path image : images) {
          try {
            console.result(image + ": " + classified(predictor, prepare(image, inputShape.dims())));
          } catch (PictureException e) {
            unusable.tell(image, e);
          }
        }
      }
    }
    return unusable.exitCode();
  }

  /** Other computers prepare and ask; pictures are where all see them. */
  private void askCluster(Shape inputShape, Console console, UnusablePictures unusable)
      throws IOException {
    SavedModel saved = model == null ? SavedModel.embedded() : SavedModel.read(model);
    int[] extents = inputShape.dims();
    List<String> files = images.stream().map(image -> image.toAbsolutePath().toString()).toList();
    Path predictor = Files.createTempFile("trimaran-predictor", ".safetensors");
    try (Cluster computers = Cluster.connect(cluster.master, console)) {
      saved.writePredictor(predictor, options.dtype());
      for (String name : options.backends()) {
        List<Cluster.Said> all =
            computers.predict(
                predictor, name, files, file -> prepare(Path.of(file), extents).floats());
        for (int i = 0; i < all.size(); i++) {
          Cluster.Said said = all.get(i);
          if (said.unusable().isEmpty()) {
            Classified seen = new Classified(saved.settings().classNames(), said.probabilities());
            console.result(images.get(i) + ": " + numbered(seen));
          } else {
            unusable.tell(images.get(i), new PictureException(said.unusable()));
          }
        }
      }
    } finally {
      Files.delete(predictor);
    }
  }

  /** {@code [C, H, W]} from 0 to 255. */
  private static HostArray prepare(Path image, int... extents) throws IOException {
    Shape inputShape = Shape.of(extents);
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
    return numbered(seen);
  }

  private Classified numbered(Classified seen) {
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
