package io.github.trimaran.examples.cli;

import io.github.trimaran.data.Split;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.examples.run.RefinementOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import io.github.trimaran.examples.training.Asked;
import io.github.trimaran.examples.training.Candidates;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.examples.training.Recipe;
import io.github.trimaran.examples.training.Training;
import io.github.trimaran.search.Ablation;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.train.DivergedException;
import io.github.trimaran.train.Scoring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares choices of a training with what is there, by validation images and several seeds. */
@Command(
    name = "ablate",
    description =
        "Compare choices of a training with what is there: each is trained from several seeds, and"
            + " its effect on the validation images is told with its uncertainty. What was killed"
            + " goes on with the same command. Accuracies are those of validation images"
            + " (--num-validation); test images are not looked at. Without options, 45,000 images"
            + " train and 5,000 validate: on cifar10 the network 'record' with 32 filters, on mnist"
            + " 'basic'.",
    mixinStandardHelpOptions = true)
final class AblateCommand implements Callable<Integer> {

  private static final String LOG = "ablation.json";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      defaultValue = "cifar10",
      description = "What to train on: mnist or cifar10 (default: ${DEFAULT-VALUE}).")
  private String data;

  @Option(
      names = "--try",
      paramLabel = "OPTIONS",
      description =
          "A choice to compare, as options of 'train' without their dashes: --try"
              + " \"augment=cutmix smoothing=0.1\". May be given several times (default: what may make"
              + " the record better).")
  private List<String> candidates = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "From how many seeds each is trained (default: 3, with --quick 2).")
  private Integer seeds;

  @Mixin private CommonOptions options;

  @Mixin private TrainingOptions training;

  @Mixin private RefinementOptions refinements;

  @Override
  public Integer call() throws IOException {
    ImageSet set = DataSets.named(data);
    Asked asked = asked();
    Candidates compared = Candidates.of(set.key(), asked, candidates, options);
    if (options.backends().size() > 1) {
      throw new InputException("--backend: ablate compares choices on one backend; name one");
    }
    int count = seeds == null ? (options.quick() ? 2 : 3) : seeds;
    if (count < 1) {
      throw new InputException("--seeds: must be at least 1, is " + count);
    }
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    Path place = Results.folder("ablate-" + data, options.backend(), options);
    try (OutputFolder folder = OutputFolder.open(place)) {
      TrainTest images = Datasets.load(set, options, console);
      Engine engine = Engine.start(options.backend(), options, asked.precision(compared.base()));
      List<Ablation.Effect> effects =
          compare(compared, count, images, engine, console, folder.path());
      tell(effects, compared, console);
      Results.write(
          "ablate " + data, engine, options, outcome(effects, compared, images), folder.path());
      console.say("Results in " + folder.path());
    }
    return 0;
  }

  private Asked asked() {
    return new Asked(options, training, refinements);
  }

  private List<Ablation.Effect> compare(
      Candidates compared, int count, TrainTest images, Engine engine, Console console, Path folder)
      throws IOException {
    Experiment base = compared.base();
    // Of these a candidate with fewer training images takes the first, and is measured by the same.
    Split split = images.split(base.training(), base.validation(), 0);
    TrainTest measured = new TrainTest(split.train(), split.validation());
    Training.Files none = new Training.Files(null, null, null);
    List<Long> all = LongStream.range(0, count).mapToObj(i -> options.seed() + i).toList();
    TrialLog log = TrialLog.open(folder.resolve(LOG), identity(base, images, engine));
    if (!log.trials().isEmpty()) {
      int done = log.trials().size();
      console.say(
          "Going on with "
              + log.file()
              + ": "
              + done
              + (done == 1 ? " training is done" : " trainings are done"));
    }
    return new Ablation(compared.names(), all, log)
        .listener(trial -> ended(trial, console))
        .run(
            (candidate, seed) -> {
              Experiment experiment =
                  compared.experiments().get(candidate).validation(0).test(base.validation());
              try {
                return new Training(engine.backend(), options.dtype(), seed, none, console)
                    .run(compared.names().get(candidate) + ", seed " + seed, measured, experiment)
                    .test()
                    .accuracy();
              } catch (DivergedException e) {
                console.say("  diverged: " + e.getMessage());
                return Double.NaN;
              }
            });
  }

  /** All that the trials' scores depend on besides the candidates. */
  private Map<String, Object> identity(Experiment base, TrainTest images, Engine engine) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("data", images.source().name());
    identity.put("backend", engine.backend().info().name());
    identity.put("dtype", options.dtype().label());
    identity.put("precision", asked().precision(base).name().toLowerCase(Locale.ROOT));
    identity.put("seed", options.seed());
    Scoring scoring = Recipe.of(base.network().network()).scoring();
    if (scoring != Scoring.PLAIN) {
      identity.put("scoring", scoring.toString());
    }
    identity.putAll(base.settings());
    identity.remove("num_test"); // test images are not looked at
    // What is not added is noted too, or a log of a base with more would not be told from this one.
    identity.putAll(base.refinements().all());
    return identity;
  }

  private static void ended(Trial trial, Console console) {
    console.say(
        String.format(
            Locale.ROOT,
            "  %s, training %d: validation %.4f, %.0f s",
            trial.values(),
            trial.rung() + 1,
            trial.score(),
            trial.seconds()));
  }

  private static void tell(List<Ablation.Effect> effects, Candidates compared, Console console) {
    console.result(
        String.format(
            Locale.ROOT,
            "%-52s %8s %20s %9s",
            "on " + compared.base().validation() + " validation images",
            "accuracy",
            "effect, 95 %",
            "seconds"));
    for (Ablation.Effect effect : effects) {
      boolean base = effect.equals(effects.get(0));
      console.result(
          String.format(
              Locale.ROOT,
              "%-52s %8.4f %20s %9.0f%s%s",
              effect.name(),
              effect.mean(),
              base ? "" : effect.difference(),
              effect.seconds(),
              effect.difference().isClear() ? "  clear" : "",
              diverged(effect)));
    }
  }

  /** How many of a candidate's trainings diverged, if any did. */
  private static String diverged(Ablation.Effect effect) {
    return effect.failed() == 0
        ? ""
        : "  " + effect.failed() + " of " + effect.scores().size() + " diverged";
  }

  private static Outcome outcome(
      List<Ablation.Effect> effects, Candidates compared, TrainTest images) {
    List<Run> runs =
        effects.stream()
            .map(
                effect -> {
                  Map<String, Object> metrics = new LinkedHashMap<>();
                  metrics.put("val_accuracy", effect.mean());
                  metrics.put("effect", effect.difference().mean());
                  metrics.put("standard_error", finite(effect.difference().standardError()));
                  metrics.put("half_width_95", finite(effect.difference().halfWidth()));
                  metrics.put("seconds", effect.seconds());
                  metrics.put("diverged", effect.failed());
                  return new Run(effect.name(), metrics, Map.of("val_accuracy", effect.scores()));
                })
            .toList();
    return new Outcome(
        Datasets.facts(images.source()), compared.base().settings(), runs, List.of(), "");
  }

  /** Of one training nothing is known of the uncertainty: null in JSON. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
