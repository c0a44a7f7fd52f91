package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.pictures.VisualizationRun;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.visualize.VisualizationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes pictures that maximise the score of a class. */
@Command(
    name = "class-visualization",
    description = "Make the picture that maximises the score of a class (Simonyan et al. 2014).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ClassVisualizationCommand implements Callable<Integer> {

  private static final int QUICK_ITERATIONS = 25;

  @Spec private CommandSpec spec;

  @Option(
      names = "--class",
      required = true,
      split = ",",
      paramLabel = "NAME|N",
      description = "The class by name or number; several make a contact sheet too.")
  private List<String> classes;

  @Option(
      names = "--plain",
      description = "Gradient ascent on the penalised score alone, as the exercise sets it.")
  private boolean plain;

  @Mixin private WeightsOptions weights;

  @Option(names = "--iterations", paramLabel = "N", description = "Steps on each scale.")
  private Integer iterations;

  @Option(names = "--size", paramLabel = "PIXELS", description = "Height and width.")
  private Integer size;

  @Option(names = "--learning-rate", paramLabel = "RATE", description = "Length of a step.")
  private Double learningRate;

  @Option(names = "--l2", paramLabel = "LAMBDA", description = "Weight of the norm; 0 for none.")
  private Double l2;

  @Option(names = "--jitter", paramLabel = "PIXELS", description = "Random shifts; 0 for none.")
  private Integer jitter;

  @Option(
      names = "--blur-every",
      paramLabel = "N",
      description = "Steps between blurs; 0 for none.")
  private Integer blurEvery;

  @Option(names = "--blur-sigma", paramLabel = "PIXELS", description = "Strength of the blur.")
  private Double blurSigma;

  @Option(
      names = "--clip",
      negatable = true,
      description = "Keep pixels within 0..255 in every step, or not.")
  private Boolean clip;

  @Option(names = "--octaves", paramLabel = "N", description = "Scales; 1 for the full size alone.")
  private Integer octaves;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    Pretrained pretrained = weights.pretrained(options, console);
    List<Integer> indices = classes.stream().map(pretrained::classIndex).toList();
    VisualizationRun run = new VisualizationRun(settings(pretrained.visualization(plain)), "class");
    for (String name : options.backends()) {
      Engine engine = Engine.start(name, options);
      Backend<?> backend = engine.backend();
      Path place = Results.folder("class-visualization", name, options);
      try (OutputFolder folder = OutputFolder.open(place);
          PictureNetwork net = pretrained.network(backend, options.dtype())) {
        console.say(
            "Class visualization on "
                + name
                + " with "
                + pretrained.facts().name()
                + " ("
                + pretrained.facts().source()
                + ")");
        VisualizationRun.Made made =
            run.make(net, pretrained, indices, Rng.seeded(options.seed()), console, folder.path());
        Outcome outcome =
            new Outcome(pretrained.facts(), run.describe(), made.runs(), made.pictures(), "");
        Results.write("class-visualization", engine, options, outcome, folder.path());
        console.result("Pictures in " + folder.path());
      }
      engine.report(console);
    }
    return 0;
  }

  private VisualizationSettings settings(VisualizationSettings base) {
    int quick = options.quick() ? QUICK_ITERATIONS : base.iterations();
    return new VisualizationSettings(
        or(iterations, quick),
        or(size, base.size()),
        or(learningRate, base.learningRate()),
        or(l2, base.l2()),
        or(jitter, base.jitter()),
        or(blurEvery, base.blurEvery()),
        or(blurSigma, base.blurSigma()),
        or(clip, base.clip()),
        or(octaves, base.octaves()));
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
