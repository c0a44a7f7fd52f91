package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.catalog.DataChoice;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.datasets.PretrainedFiles;
import io.github.trimaran.examples.pictures.StyleRun;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.style.StyleSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Artistic style transfer with SqueezeNet. */
public final class Exercise30c implements Exercise {

  private static final String CONTENT = "tubingen.jpg";
  private static final String STYLE = "starry_night.jpg";
  private static final int SIZE = 192;
  private static final int QUICK_SIZE = 96;
  private static final int QUICK_ITERATIONS = 30;

  @Override
  public String id() {
    return "30c";
  }

  @Override
  public String question() {
    return "Compute the Gram matrix of the activations without loops, and make a picture with the"
        + " content of one and the style of another.";
  }

  @Override
  public String theory() {
    return """
        What is in a picture shows in the activations of a deep layer, its style in how channels go
        together, wherever in the picture (Gatys, Ecker and Bethge 2016). With the N activations a of a
        layer as a matrix, one row a channel, the Gram matrix is one product and no loop:

            G = a a^T,    G[i,j] = sum over places p of a[i,p] a[j,p]

        Descent goes over the pixels of the picture, not over weights. It makes the sum of these small,
        each with a weight of its own:

            content: 1 / N * sum of (a - a of the content)^2
            style, of several layers: 1 / (2 N)^2 * sum of (G - G of the style)^2
            variation: mean over places of the squared differences of neighbouring pixels
        """;
  }

  @Override
  public Optional<String> missing(CommonOptions options) throws IOException {
    return PretrainedFiles.missing(options);
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) throws IOException {
    CommonOptions options = context.options();
    Pretrained pretrained = PretrainedFiles.find(options, context.console());
    Map<String, String> files = new LinkedHashMap<>(pretrained.facts().files());
    Path images = DataFolder.of(options.dataDirectory()).root().resolve("images");
    boolean drawn =
        options.data() == DataChoice.EMBEDDED
            || !Files.isRegularFile(images.resolve(CONTENT))
            || !Files.isRegularFile(images.resolve(STYLE));
    BufferedImage content =
        drawn ? DrawnPictures.landscape() : read(images.resolve(CONTENT), files);
    BufferedImage style = drawn ? DrawnPictures.strokes() : read(images.resolve(STYLE), files);
    context
        .console()
        .say("Pictures: " + (drawn ? "drawn by the program" : CONTENT + " and " + STYLE));
    StyleSettings settings = pretrained.style();
    StyleRun transfer =
        options.quick()
            ? new StyleRun(content, style, QUICK_SIZE, settings.withIterations(QUICK_ITERATIONS), 5)
            : new StyleRun(content, style, SIZE, settings, 10);
    StyleRun.Made made;
    try (PictureNetwork net = pretrained.network(backend, options.dtype())) {
      made = transfer.make(net, Rng.seeded(options.seed()), context.console(), context.folder());
    }
    Run run = made.run();
    return new Outcome(
        new DataFacts(pretrained.facts().name(), pretrained.facts().source(), files),
        transfer.describe(),
        List.of(run),
        made.pictures(),
        String.format(
            Locale.ROOT,
            "the loss fell from %.4f to %.4f in %s steps and %.0f s; see result.png.",
            (Double) run.metrics().get("loss_first"),
            (Double) run.metrics().get("loss_last"),
            run.metrics().get("iterations"),
            (Double) run.metrics().get("seconds")));
  }

  private static BufferedImage read(Path file, Map<String, String> files) throws IOException {
    files.put(file.getFileName().toString(), "sha256:" + Sha256.of(file));
    return Pictures.read(file);
  }
}
