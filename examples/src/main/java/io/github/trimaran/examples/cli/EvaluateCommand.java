package io.github.trimaran.examples.cli;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.ResultFile;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a saved model on test images. */
@Command(
    name = "evaluate",
    description = "Test accuracy, accuracy of each class and confusion matrix of a saved model.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "What 'train --save FILE' or 'export' wrote.")
  private Path model;

  @Option(
      names = "--num-test",
      paramLabel = "N",
      description = "Test images (default: all there are).")
  private Integer numTest;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    if (numTest != null && numTest < 1) {
      throw new InputException("--num-test: must be at least 1, is " + numTest);
    }
    SavedModel saved = SavedModel.read(model);
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    TrainTest images = Datasets.load(setOf(saved), options, console);
    Dataset test = images.test();
    if (!test.imageShape().equals(saved.settings().inputShape())
        || test.classes() != saved.settings().classNames().size()) {
      throw new InputException(
          model + " knows images " + saved.settings().inputShape() + ", not those of " + test);
    }
    if (numTest != null) {
      test = test.take(numTest);
    }
    for (String name : options.backends()) {
      evaluate(saved, test, name, console);
    }
    Results.compare(options.backends(), name -> Results.folder("evaluate", name, options), console);
    return 0;
  }

  /** The set whose images are of the network's kind. */
  private static ImageSet setOf(SavedModel saved) {
    return saved.settings().inputShape().dim(0) == 1 ? DataSets.MNIST : DataSets.CIFAR10;
  }

  private void evaluate(SavedModel saved, Dataset test, String name, Console console)
      throws IOException {
    try (Engine engine = Engine.start(name, options);
        OutputFolder folder = OutputFolder.open(Results.folder("evaluate", name, options));
        Predictor<HostArray, Classified> predictor =
            saved.predictor(engine.backend(), options.dtype())) {
      TestedImages tested =
          TestedImages.measured(
              (Layer) predictor.model(), test, saved.normalization(), saved.scoring());
      Evaluation found = tested.found();
      console.result(
          String.format(
              Locale.ROOT, "Accuracy %.4f on %d images", found.accuracy(), found.samples()));
      console.say(table(found, test.classNames()));
      write(engine, tested, ((Layer) predictor.model()).stateDict(), folder.path());
      engine.report(console);
    }
  }

  private void write(Engine engine, TestedImages tested, StateDict weights, Path folder)
      throws IOException {
    Evaluation found = tested.found();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("test_accuracy", found.accuracy());
    metrics.put("test_size", found.samples());
    metrics.put("test_loss", found.loss());
    metrics.putAll(tested.metrics(folder, TestedImages.SHEET));
    ResultFile result =
        new ResultFile(
            Version.current(),
            "evaluate",
            options.seed(),
            ResultFile.BackendFacts.of(engine.backend().info()),
            Datasets.facts(tested.images().source()),
            Map.of("model", model.getFileName().toString(), "dtype", options.dtype().label()),
            List.of(Run.of("evaluation", metrics).ofNetwork(weights)),
            List.of());
    Results.write(result.ofNetwork(weights), engine.takeProfile(), folder);
  }

  /** Row: the true class; column: what the network said. */
  private static String table(Evaluation found, List<String> names) {
    StringBuilder table = new StringBuilder(String.format("%12s %8s  ", "class", "correct"));
    names.forEach(name -> table.append(String.format("%6s", shortened(name))));
    for (int i = 0; i < names.size(); i++) {
      table.append(
          String.format(
              Locale.ROOT, "%n%12s %7.1f%%  ", names.get(i), 100 * found.perClassAccuracy()[i]));
      for (long count : found.confusion()[i]) {
        table.append(String.format("%6d", count));
      }
    }
    return table.toString();
  }

  private static String shortened(String name) {
    return name.length() > 5 ? name.substring(0, 5) : name;
  }
}
