package io.github.trimaran.examples.cli;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.datasets.RemoteImages;
import io.github.trimaran.examples.exercise.Exercises;
import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.examples.report.ResultFile;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.examples.run.Cluster;
import io.github.trimaran.examples.run.ClusterOptions;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.examples.run.RefinementOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import io.github.trimaran.examples.serve.ServeSettings;
import io.github.trimaran.examples.serve.TrainingPage;
import io.github.trimaran.examples.tensorboard.EventWatch;
import io.github.trimaran.examples.training.Asked;
import io.github.trimaran.examples.training.ClusterTraining;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.examples.training.Recipe;
import io.github.trimaran.examples.training.TrainedRun;
import io.github.trimaran.examples.training.Training;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import java.io.IOException;
import java.nio.file.Files;
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

/** Trains a network with any settings; saves it, and goes on from what was saved. */
@Command(
    name = "train",
    description = "Train a network with any settings; save and resume checkpoints.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

  private static final int QUICK_IMAGES = 2_000;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DATA", description = "What to train on: mnist or cifar10.")
  private String data;

  @Option(
      names = "--watch",
      description =
          "Show the training in the browser while it runs: loss, accuracy, filters, mistakes.")
  private boolean watch;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write event files for TensorBoard too; 'tensorboard --logdir DIR' shows them.")
  private Path tensorBoard;

  @Option(
      names = "--plain",
      description = "Show progress as lines, as in a pipe, and not as a live line.")
  private boolean plain;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "How many workers of the cluster train side by side (default: as many as it has slots).")
  private Integer workers;

  @Mixin private ClusterOptions cluster;

  @Mixin private CommonOptions options;

  @Mixin private TrainingOptions training;

  @Mixin private RefinementOptions refinements;

  @Override
  public Integer call() throws IOException {
    requireFitting();
    ImageSet set = DataSets.named(data);
    Asked asked = asked();
    Experiment experiment = experiment(set, asked);
    Console console = new Console(spec.commandLine().getOut(), options.quiet(), plain);
    for (String name : options.backends()) {
      try (OutputFolder folder = OutputFolder.open(folder(name))) {
        TrainTest images = Datasets.load(set, options, console);
        Engine engine = Engine.start(name, options, asked.precision(experiment));
        TrainedRun run = train(engine, asked, images, experiment, folder.path(), console);
        report(engine, images, experiment, run, folder.path());
        console.result(
            String.format(
                Locale.ROOT,
                "Test accuracy %.4f on %d images, %.0f images/s, %.1f s on %s",
                run.test().accuracy(),
                run.test().samples(),
                run.history().last().samplesPerSecond(),
                run.history().last().seconds(),
                name));
        if (training.save != null) {
          console.say("Saved in " + training.save);
        }
        engine.report(console);
        console.say("Results in " + folder.path());
      }
    }
    Results.compare(options.backends(), this::folder, console);
    return 0;
  }

  private Asked asked() {
    return new Asked(options, training, refinements);
  }

  private TrainedRun train(
      Engine engine,
      Asked asked,
      TrainTest images,
      Experiment experiment,
      Path folder,
      Console console)
      throws IOException {
    if (cluster.master != null) {
      return trainOnCluster(engine, asked, images, experiment, console);
    }
    Training started = new Training(engine.backend(), options, asked.files(), console);
    String title = experiment.title("images");
    if (training.resume != null) {
      started.watchedBy(subject -> tellingIfDone(experiment.epochs(), console));
    }
    if (tensorBoard != null) {
      String name = engine.backend().info().name();
      Path place = options.backends().size() > 1 ? tensorBoard.resolve(name) : tensorBoard;
      started.watchedBy(EventWatch.in(place, experiment.settings()));
    }
    if (!watch) {
      return started.run(title, images, experiment);
    }
    try (TrainingPage page = TrainingPage.open(pageSettings(folder))) {
      console.result("Watch at " + page.uri());
      TrainedRun run = started.watchedBy(page).run(title, images, experiment);
      page.end(run.toRun().metrics());
      return run;
    }
  }

  /** Says that nothing is left to train, where the checkpoint has all epochs asked for. */
  private static Listener tellingIfDone(int epochs, Console console) {
    return new Listener() {
      @Override
      public void onStart(History history) {
        int done = history.epochs().size();
        if (done >= epochs) {
          console.say(
              "Nothing is left to train: the file of --resume has "
                  + done
                  + (done == 1 ? " epoch, " : " epochs, ")
                  + "asked for are "
                  + epochs
                  + " (--epochs)");
        }
      }
    };
  }

  /** Other computers train; what they have trained is measured here. */
  private TrainedRun trainOnCluster(
      Engine engine, Asked asked, TrainTest images, Experiment experiment, Console console)
      throws IOException {
    String title = experiment.title("images");
    Training.Files files = asked.files();
    Path trained = Files.createTempFile("trimaran-cluster", ".safetensors");
    try {
      ClusterTraining work =
          new ClusterTraining(
              RemoteImages.of(DataSets.named(data), images, options.dataDirectory()),
              experiment,
              engine.backend().info().name(),
              options.device(),
              asked.precision(experiment),
              options.dtype(),
              options.seed(),
              ClusterTraining.Sent.of(files));
      try (Cluster computers = Cluster.connect(cluster.master, console)) {
        int count = workers == null ? computers.slots() : workers;
        console.say(title + ": " + count + (count == 1 ? " worker" : " workers side by side"));
        Files.write(trained, computers.sideBySide(count, work));
      }
      Training.Files gone = new Training.Files(files.save(), trained, null);
      TrainedRun run =
          new Training(engine.backend(), options, gone, console).run(title, images, experiment);
      run.history().epochs().forEach(epoch -> console.say(line(epoch)));
      return run;
    } finally {
      Files.deleteIfExists(trained);
    }
  }

  private static String line(EpochRecord epoch) {
    String told =
        String.format(
            Locale.ROOT,
            "  epoch %d: loss %.3f, accuracy %.1f %%, %.0f images/s",
            epoch.epoch(),
            epoch.loss(),
            100 * epoch.accuracy(),
            epoch.samplesPerSecond());
    return Double.isNaN(epoch.validationAccuracy())
        ? told
        : told
            + String.format(Locale.ROOT, ", validation %.1f %%", 100 * epoch.validationAccuracy());
  }

  /** What one process can do and several cannot. */
  private void requireFitting() {
    if (cluster.master == null && workers != null) {
      throw new InputException("--workers: is for --cluster; --threads is for this computer");
    }
    if (workers != null && workers < 1) {
      throw new InputException("--workers: must be at least 1, is " + workers);
    }
    if (cluster.master != null && (watch || tensorBoard != null)) {
      throw new InputException(
          (watch ? "--watch" : "--tensorboard")
              + ": shows trainings of this computer; leave it out with --cluster");
    }
  }

  private ServeSettings pageSettings(Path folder) {
    return new ServeSettings(
        Version.current(),
        ServeCommand.HOST,
        Integer.parseInt(ServeCommand.PORT),
        "cpu",
        1,
        folder,
        DataFolder.of(options.dataDirectory()),
        options.seed());
  }

  private Experiment experiment(ImageSet set, Asked asked) {
    Map<String, Experiment> known = Exercises.trainings();
    Experiment own =
        asked.network().map(Recipe::of).flatMap(Recipe::experiment).orElse(known.get(set.key()));
    if (own == null) {
      throw new InputException(
          "train: no settings for '"
              + set.key()
              + "'; there are "
              + String.join(", ", known.keySet()));
    }
    if (training.save != null && options.backends().size() > 1) {
      throw new InputException("--save: names one file; train on one backend at a time");
    }
    return asked.over(own, own.training(QUICK_IMAGES).epochs(1));
  }

  private Path folder(String backend) {
    if (options.out() == null) {
      return Path.of("out", "train-" + data + "-" + backend);
    }
    return options.backends().size() > 1 ? options.out().resolve(backend) : options.out();
  }

  private void report(
      Engine engine, TrainTest images, Experiment experiment, TrainedRun run, Path folder)
      throws IOException {
    run.drawLoss(folder.resolve("loss.png"));
    List<String> pictures = new ArrayList<>(List.of("loss.png"));
    if (experiment.epochs() > 1) {
      Path accuracy = folder.resolve("accuracy.png");
      Charts.lines(accuracy, "Accuracy", "epoch", "accuracy", run.accuracies());
      pictures.add("accuracy.png");
    }
    if (run.drawFilters(folder.resolve("filters.png"))) {
      pictures.add("filters.png");
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("dtype", options.dtype().label());
    settings.put("precision", asked().precision(experiment).name().toLowerCase(Locale.ROOT));
    settings.put("quick", options.quick());
    settings.putAll(experiment.settings());
    ResultFile result =
        new ResultFile(
            Version.current(),
            "train " + data,
            options.seed(),
            ResultFile.BackendFacts.of(engine.backend().info()),
            Datasets.facts(images.source()),
            settings,
            List.of(run.toRun(folder, TestedImages.SHEET)),
            pictures);
    Results.write(result.ofNetwork(run.weights()), engine.takeProfile(), folder);
  }
}
