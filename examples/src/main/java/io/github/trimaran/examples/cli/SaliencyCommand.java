package io.github.trimaran.examples.cli;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.DistinctNames;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.vision.image.ContactSheet;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.image.Resize;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.visualize.ClassVisualization;
import io.github.trimaran.vision.visualize.Saliency;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws which pixels the score of a class depends on. */
@Command(
    name = "saliency",
    description =
        "Draw how much the score of a class depends on each pixel (Simonyan et al. 2014).",
    mixinStandardHelpOptions = true)
final class SaliencyCommand implements Callable<Integer> {

  private static final int SMALLEST = 32;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Pictures to look at.")
  private List<Path> images;

  @Option(
      names = "--class",
      paramLabel = "NAME|N",
      description = "Whose score (default: the class that the network sees in each picture).")
  private String wanted;

  @Mixin private WeightsOptions weights;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "The shorter side (default: what the network was trained with).")
  private Integer size;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    Pretrained pretrained = weights.pretrained(options, console);
    UnusablePictures unusable = new UnusablePictures(spec.commandLine());
    for (String name : options.backends()) {
      Engine engine = Engine.start(name, options);
      Backend<?> backend = engine.backend();
      Path place = Results.folder("saliency", name, options);
      try (OutputFolder folder = OutputFolder.open(place);
          PictureNetwork net = pretrained.network(backend, options.dtype())) {
        Outcome outcome = draw(net, pretrained, unusable, console, folder.path());
        if (!outcome.pictures().isEmpty()) {
          Results.write("saliency", engine, options, outcome, folder.path());
          console.result("Pictures in " + folder.path());
        }
      }
      engine.report(console);
    }
    return unusable.exitCode();
  }

  private int side(PictureNetwork net) {
    if (size != null && size < SMALLEST) {
      throw new InputException("--size: must be at least " + SMALLEST + " pixels, is " + size);
    }
    if (size != null && net.isFixed() && size != net.side()) {
      throw new InputException(
          "--size: the network takes images of " + net.side() + " pixels only, is " + size);
    }
    return size == null ? net.side() : size;
  }

  /** Whole, or the middle of it for a network that wants squares. */
  private static BufferedImage sized(BufferedImage picture, int side, PictureNetwork net) {
    BufferedImage scaled = Resize.shorterSide(picture, side);
    return net.isFixed() ? Resize.centre(scaled, side, side) : scaled;
  }

  private Outcome draw(
      PictureNetwork net,
      Pretrained pretrained,
      UnusablePictures unusable,
      Console console,
      Path folder)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>(pretrained.facts().files());
    List<Run> runs = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    DistinctNames names = new DistinctNames();
    int side = side(net);
    for (Path image : images) {
      BufferedImage picture;
      try {
        picture = sized(Pictures.read(image), side, net);
      } catch (PictureException e) {
        unusable.tell(image, e);
        continue;
      }
      String name = DistinctNames.of(image, images);
      files.put(name, "sha256:" + Sha256.of(image));
      HostArray pixels = Pixels.of(picture);
      double[] probabilities = ClassVisualization.probabilities(net, pixels);
      int index = wanted == null ? best(probabilities) : pretrained.classIndex(wanted);
      HostArray map = Saliency.toPixels(Saliency.map(net, pixels, index));
      Map<String, BufferedImage> sheet = new LinkedHashMap<>();
      sheet.put(name, ContactSheet.enlarged(picture));
      sheet.put(
          "saliency for " + pretrained.shortName(index),
          ContactSheet.enlarged(Pixels.toPicture(map)));
      String stem = image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      String file = names.of("saliency-" + stem, ".png");
      Pictures.writePng(folder.resolve(file), ContactSheet.of(sheet));
      pictures.add(file);
      runs.add(
          Run.of(
              name,
              Map.of("class", pretrained.shortName(index), "probability", probabilities[index])));
      console.result(
          String.format(
              Locale.ROOT,
              "  %-24s %s, probability %.4f, in %s",
              name,
              pretrained.shortName(index),
              probabilities[index],
              file));
    }
    DataFacts facts = new DataFacts(pretrained.facts().name(), pretrained.facts().source(), files);
    return new Outcome(facts, Map.of("size", side), runs, pictures, "");
  }

  private static int best(double[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
