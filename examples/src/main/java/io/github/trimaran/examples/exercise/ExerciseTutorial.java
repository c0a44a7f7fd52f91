package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.datasets.PretrainedFiles;
import io.github.trimaran.examples.pictures.VisualizationRun;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.visualize.VisualizationSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures that maximise the score of a class: gradient ascent as set, and with the usual helps.
 */
public final class ExerciseTutorial implements Exercise {

  private static final List<String> IMAGENET = List.of("tarantula", "gorilla", "goldfish");
  private static final int QUICK_ITERATIONS = 25;
  private static final int QUICK_SIZE = 96;

  @Override
  public String id() {
    return "tutorial";
  }

  @Override
  public String question() {
    return "Find the image that maximises the score of a class: max over x of S_y(x) - lambda"
        + " ||x||^2.";
  }

  @Override
  public String theory() {
    return """
        The network's weights stay; the image x is what is learned. From noise, each step goes up the
        gradient of the score of class y, which backpropagation carries down to the pixels (Simonyan,
        Vedaldi and Zisserman 2014):

            d/dx [S_y(x) - lambda |x|^2] = dS_y/dx - 2 lambda x

        The score before softmax is taken, for a probability could also rise because other scores fall.
        The penalty keeps pixels small. Jitter, blur and growing sizes are further helps: they favour
        what is convincing at every place and size over patterns of single pixels.
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
    List<Integer> classes =
        pretrained.isSmall()
            ? IntStream.range(0, pretrained.classes().size()).boxed().toList()
            : IMAGENET.stream().map(pretrained::classIndex).toList();
    VisualizationRun helped = run(pretrained.visualization(false), options, "class");
    VisualizationRun plain = run(pretrained.visualization(true), options, "plain-class");
    VisualizationRun.Made made;
    try (PictureNetwork net = pretrained.network(backend, options.dtype())) {
      Rng rng = Rng.seeded(options.seed());
      made = helped.make(net, pretrained, classes, rng, context.console(), context.folder());
      made =
          made.and(
              plain.make(
                  net,
                  pretrained,
                  classes.subList(0, 1),
                  rng,
                  context.console(),
                  context.folder()));
    }
    Map<String, Object> settings = new LinkedHashMap<>(helped.describe());
    plain.describe().forEach((name, value) -> settings.put("plain_" + name, value));
    long convinced = made.runs().stream().filter(VisualizationRun::isConvincing).count();
    return new Outcome(
        pretrained.facts(),
        settings,
        made.runs(),
        made.pictures(),
        String.format(
            Locale.ROOT,
            "the network gives %d of %d pictures a probability over 0.9 of their class.",
            convinced,
            made.runs().size()));
  }

  private static VisualizationRun run(
      VisualizationSettings settings, CommonOptions options, String prefix) {
    return new VisualizationRun(
        options.quick()
            ? settings
                .withIterations(QUICK_ITERATIONS)
                .withSize(Math.min(settings.size(), QUICK_SIZE))
            : settings,
        prefix);
  }
}
