package io.github.trimaran.examples.pictures;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Progress;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.AnimatedGif;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.image.Resize;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.style.StyleLoss;
import io.github.trimaran.vision.style.StyleSettings;
import io.github.trimaran.vision.style.StyleTransfer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One style transfer with everything around it: sizes, progress, pictures and the numbers for the
 * report.
 *
 * @param content the picture whose content is kept
 * @param style the picture whose style is taken
 * @param size of the longer side of both, aspect ratios kept; of squares where the network takes no
 *     others, see {@link #fitting}
 * @param settings of the transfer
 * @param pictureEvery after how many iterations an intermediate picture is kept; 0 for none
 */
public record StyleRun(
    BufferedImage content,
    BufferedImage style,
    int size,
    StyleSettings settings,
    int pictureEvery) {

  /** The pictures that every run writes. */
  public static final List<String> PICTURES = List.of("content.png", "style.png", "result.png");

  /** The progress as an animation, if intermediate pictures are kept. */
  public static final String ANIMATION = "progress.gif";

  private static final int SMALLEST = 32;
  private static final int CENTISECONDS = 15;

  /** Checks the size. */
  public StyleRun {
    if (size < SMALLEST) {
      throw new IllegalArgumentException(
          "style transfer: the size must be at least " + SMALLEST + " pixels, is " + size);
    }
  }

  /**
   * What was made.
   *
   * @param run for the report
   * @param pictures names of the files in the folder
   */
  public record Made(Run run, List<String> pictures) {}

  /**
   * What was transferred.
   *
   * @param content as large as the result
   * @param style as large as it was looked at
   * @param result pixels and losses
   * @param seconds it took
   */
  public record Transferred(
      BufferedImage content, BufferedImage style, StyleTransfer.Result result, double seconds) {

    /** The picture that was made. */
    public BufferedImage picture() {
      return Pixels.toPicture(result.pixels());
    }
  }

  /** The same at the size that the network wants, if it takes images of one size alone. */
  public StyleRun fitting(PictureNetwork net) {
    return net.isFixed() ? new StyleRun(content, style, net.side(), settings, pictureEvery) : this;
  }

  /** Makes the picture, watched; writes nothing. */
  public Transferred transfer(PictureNetwork net, Rng rng, StyleTransfer.Watcher watcher) {
    BufferedImage scaledContent = scaled(content, net);
    BufferedImage scaledStyle = scaled(style, net);
    long start = System.nanoTime();
    StyleTransfer.Result result =
        new StyleTransfer(net, settings)
            .run(Pixels.of(scaledContent), Pixels.of(scaledStyle), rng, watcher);
    return new Transferred(scaledContent, scaledStyle, result, (System.nanoTime() - start) / 1e9);
  }

  /** The middle of the picture for a network that takes squares of one size. */
  private BufferedImage scaled(BufferedImage picture, PictureNetwork net) {
    return net.isFixed()
        ? Resize.centre(Resize.shorterSide(picture, size), size, size)
        : Resize.longerSide(picture, size);
  }

  /** Makes the picture and writes all pictures into a folder. */
  public Made make(PictureNetwork net, Rng rng, Console console, Path folder) throws IOException {
    List<BufferedImage> frames = new ArrayList<>();
    List<String> pictures = new ArrayList<>(PICTURES);
    Transferred made;
    try (Progress progress = console.progress("style transfer", settings.iterations(), "steps")) {
      made =
          transfer(
              net,
              rng,
              (iteration, loss, pixels) -> {
                progress.advanceTo(
                    iteration, String.format(Locale.ROOT, "loss %.4g", loss.total()));
                keep(frames, iteration, pixels);
              });
    }
    Pictures.writePng(folder.resolve(PICTURES.get(0)), made.content());
    Pictures.writePng(folder.resolve(PICTURES.get(1)), made.style());
    Pictures.writePng(folder.resolve(PICTURES.get(2)), made.picture());
    if (pictureEvery > 0) {
      for (int i = 0; i < frames.size(); i++) {
        String name = String.format(Locale.ROOT, "step-%04d.png", i * pictureEvery);
        Pictures.writePng(folder.resolve(name), frames.get(i));
        pictures.add(name);
      }
      AnimatedGif.write(folder.resolve(ANIMATION), frames, CENTISECONDS);
      pictures.add(ANIMATION);
    }
    return new Made(report(made), pictures);
  }

  private void keep(List<BufferedImage> frames, int iteration, Supplier<HostArray> pixels) {
    if (pictureEvery > 0 && iteration % pictureEvery == 0) {
      frames.add(Pixels.toPicture(pixels.get()));
    }
  }

  /** The numbers of what was made, for a report. */
  public Run report(Transferred made) {
    StyleTransfer.Result result = made.result();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("loss_first", result.first().total());
    metrics.put("loss_last", result.last().total());
    metrics.put("content_loss", result.last().content());
    metrics.put("style_loss", result.last().style());
    metrics.put("variation_loss", result.last().variation());
    result.last().styleByLayer().forEach((layer, loss) -> metrics.put("style_loss " + layer, loss));
    metrics.put("iterations", result.history().size() - 1);
    metrics.put("seconds", made.seconds());
    Map<String, List<Double>> history = new LinkedHashMap<>();
    history.put("loss", result.history().stream().map(StyleLoss::total).toList());
    history.put("content_loss", result.history().stream().map(StyleLoss::content).toList());
    for (String layer : settings.styleLayers().keySet()) {
      history.put(
          "style_loss " + layer,
          result.history().stream().map(loss -> loss.styleByLayer().get(layer)).toList());
    }
    return new Run("style transfer at " + size + " pixels", metrics, history).by("iteration");
  }

  /** The settings for the report. */
  public Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("size", size);
    described.put("iterations", settings.iterations());
    described.put("start", settings.start().name().toLowerCase(Locale.ROOT));
    described.put("optimizer", settings.method().name().toLowerCase(Locale.ROOT));
    described.put("content_layer", settings.contentLayer());
    described.put("content_weight", settings.contentWeight());
    described.put("style_layers", settings.styleLayers());
    described.put("variation_weight", settings.variationWeight());
    described.put("preserve_colours", settings.preserveColours());
    return described;
  }
}
