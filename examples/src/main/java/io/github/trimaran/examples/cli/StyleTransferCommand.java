package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.pictures.StyleRun;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.DistinctNames;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.style.StyleSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a picture with the content of one and the style of another. */
@Command(
    name = "style-transfer",
    description =
        "Make a picture with the content of one and the style of another (Gatys et al. 2016).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StyleTransferCommand implements Callable<Integer> {

  private static final int QUICK_ITERATIONS = 30;

  @Spec private CommandSpec spec;

  @Option(
      names = "--content",
      required = true,
      paramLabel = "IMG",
      description = "The picture to keep.")
  private Path content;

  @Option(
      names = "--style",
      required = true,
      paramLabel = "IMG",
      description = "The picture to learn from.")
  private Path style;

  @Mixin private WeightsOptions weights;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "192",
      description = "The longer side; the aspect ratio is kept (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(names = "--iterations", paramLabel = "N", description = "How many steps (default: 200).")
  private Integer iterations;

  @Option(
      names = "--start",
      paramLabel = "content|noise",
      defaultValue = "content",
      description = "What to begin with (default: ${DEFAULT-VALUE}).")
  private StyleSettings.Start start;

  @Option(
      names = "--optimizer",
      paramLabel = "lbfgs|adam",
      defaultValue = "lbfgs",
      description = "How to descend (default: ${DEFAULT-VALUE}).")
  private StyleSettings.Method method;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Of Adam, in pixel values of 0 to 255 (default: 5).")
  private Double learningRate;

  @Option(
      names = "--content-layer",
      paramLabel = "NAME",
      description =
          "Whose features to keep (default: features.5; features.4 for SqueezeNet 1.1 and small).")
  private String contentLayer;

  @Option(
      names = "--style-layers",
      split = ",",
      paramLabel = "NAME[=WEIGHT]",
      mapFallbackValue = "1",
      description =
          "Whose Gram matrices to match (default: features.1,features.3,features.5,features.8; for"
              + " SqueezeNet 1.1 and small features.1,features.3,features.4,features.7).")
  private Map<String, Double> styleLayers;

  @Option(names = "--content-weight", paramLabel = "W", description = "Weight of the content.")
  private Double contentWeight;

  @Option(
      names = "--variation-weight",
      paramLabel = "W",
      description = "Weight of the differences of neighbouring pixels.")
  private Double variationWeight;

  @Option(
      names = "--preserve-colours",
      description = "Keep the content's colours; take only the style's brightness.")
  private boolean preserveColours;

  @Option(
      names = "--picture-every",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Keep every N-th step as a picture and in progress.gif; 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int pictureEvery;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    BufferedImage contentPicture = Pictures.read(content);
    BufferedImage stylePicture = Pictures.read(style);
    Pretrained pretrained = weights.pretrained(options, console);
    StyleSettings settings = settings(pretrained.style());
    StyleRun run = new StyleRun(contentPicture, stylePicture, size, settings, pictureEvery);
    for (String name : options.backends()) {
      Engine engine = Engine.start(name, options);
      Backend<?> backend = engine.backend();
      try (OutputFolder folder =
          OutputFolder.open(Results.folder("style-transfer", name, options))) {
        console.say(
            "Style transfer on "
                + name
                + " with "
                + pretrained.facts().name()
                + " ("
                + pretrained.facts().source()
                + ")");
        Outcome outcome = make(run, pretrained, backend, console, folder.path());
        Results.write("style-transfer", engine, options, outcome, folder.path());
        console.result(outcome.answer());
      }
      engine.report(console);
    }
    return 0;
  }

  private StyleSettings settings(StyleSettings usual) {
    StyleSettings settings = usual;
    if (styleLayers != null) {
      settings = settings.withStyleLayers(styleLayers);
    }
    if (contentLayer != null) {
      settings = settings.withContentLayer(contentLayer);
    }
    if (iterations != null || options.quick()) {
      settings = settings.withIterations(iterations != null ? iterations : QUICK_ITERATIONS);
    }
    return settings
        .withStart(start)
        .withMethod(method, learningRate == null ? settings.learningRate() : learningRate)
        .withPreserveColours(preserveColours)
        .withWeights(
            contentWeight == null ? settings.contentWeight() : contentWeight,
            variationWeight == null ? settings.variationWeight() : variationWeight);
  }

  private Outcome make(
      StyleRun run, Pretrained pretrained, Backend<?> backend, Console console, Path folder)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>(pretrained.facts().files());
    for (Path picture : List.of(content, style)) {
      String label = DistinctNames.of(picture, List.of(content, style));
      files.put(label, "sha256:" + Sha256.of(picture));
    }
    try (PictureNetwork net = pretrained.network(backend, options.dtype())) {
      StyleRun fitting = run.fitting(net);
      if (!fitting.equals(run)) {
        console.say("The network takes squares of " + fitting.size() + " pixels only");
      }
      StyleRun.Made made = fitting.make(net, Rng.seeded(options.seed()), console, folder);
      return new Outcome(
          new DataFacts(pretrained.facts().name(), pretrained.facts().source(), files),
          fitting.describe(),
          List.of(made.run()),
          made.pictures(),
          "The picture is " + folder.resolve("result.png"));
    }
  }
}
