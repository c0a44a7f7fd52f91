package io.github.trimaran.examples.pictures;

import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.report.DistinctNames;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Progress;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.ContactSheet;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.visualize.ClassVisualization;
import io.github.trimaran.vision.visualize.VisualizationSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pictures of several classes, with progress, files and the numbers for the report.
 *
 * @param settings how they are made
 * @param prefix of the file names: {@code class} gives {@code class-goldfish.png}
 */
public record VisualizationRun(VisualizationSettings settings, String prefix) {

  private static final double CONVINCING = 0.9;
  private static final String PROBABILITY = "probability_last";

  /**
   * What was made.
   *
   * @param runs for the report, one a class
   * @param pictures names of the files in the folder
   */
  public record Made(List<Run> runs, List<String> pictures) {

    /** Both together. */
    public Made and(Made other) {
      List<Run> allRuns = new ArrayList<>(runs);
      allRuns.addAll(other.runs);
      List<String> allPictures = new ArrayList<>(pictures);
      allPictures.addAll(other.pictures);
      return new Made(allRuns, allPictures);
    }
  }

  /** Whether the network takes the picture for its class with a probability over 0.9. */
  public static boolean isConvincing(Run run) {
    return (double) run.metrics().get(PROBABILITY) > CONVINCING;
  }

  /** Makes the pictures and writes them, and a sheet of all if there are several. */
  public Made make(
      PictureNetwork net,
      Pretrained pretrained,
      List<Integer> classes,
      Rng rng,
      Console console,
      Path folder)
      throws IOException {
    List<Run> runs = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    Map<String, BufferedImage> sheet = new LinkedHashMap<>();
    DistinctNames names = new DistinctNames();
    try (Progress progress = console.progress("class visualization", classes.size(), "classes")) {
      for (int index : classes) {
        String name = names.of(pretrained.shortName(index), "");
        ClassVisualization.Result result =
            new ClassVisualization(net, settings).run(index, rng.fork(index));
        BufferedImage picture = Pixels.toPicture(result.pixels());
        String file = names.of(prefix + "-" + fileName(name), ".png");
        Pictures.writePng(folder.resolve(file), picture);
        pictures.add(file);
        sheet.put(name, ContactSheet.enlarged(picture));
        runs.add(report(name, result));
        console.result(
            String.format(
                Locale.ROOT,
                "  %-24s score %8.2f -> %8.2f, probability %.4f, in %s",
                name,
                result.scores().get(0),
                result.scores().get(result.scores().size() - 1),
                result.probability(),
                file));
        progress.advanceTo(runs.size(), name);
      }
    }
    if (sheet.size() > 1) {
      String file = prefix + "-sheet.png";
      Pictures.writePng(folder.resolve(file), ContactSheet.of(sheet));
      pictures.add(file);
    }
    return new Made(runs, pictures);
  }

  private static String fileName(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** The numbers of what was made, for a report. */
  public Run report(String name, ClassVisualization.Result result) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("class", name);
    metrics.put("score_first", result.scores().get(0));
    metrics.put("score_last", result.scores().get(result.scores().size() - 1));
    metrics.put(PROBABILITY, result.probability());
    return new Run(prefix + " " + name, metrics, Map.of("score", result.scores())).by("iteration");
  }

  /** The settings for the report. */
  public Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("iterations", settings.iterations());
    described.put("size", settings.size());
    described.put("learning_rate", settings.learningRate());
    described.put("l2", settings.l2());
    described.put("jitter", settings.jitter());
    described.put("blur_every", settings.blurEvery());
    described.put("blur_sigma", settings.blurSigma());
    described.put("clip", settings.clip());
    described.put("octaves", settings.octaves());
    return described;
  }
}
