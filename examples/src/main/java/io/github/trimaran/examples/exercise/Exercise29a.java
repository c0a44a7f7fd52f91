package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.run.TrainingOptions;
import io.github.trimaran.examples.training.Plan;
import io.github.trimaran.examples.training.TrainedRun;
import io.github.trimaran.examples.training.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The course's first network on MNIST: with 40 digits for 20 and for 100 epochs, and with 50,000
 * for one. {@code docs/exercises/29.md} tells how the settings were chosen.
 */
public final class Exercise29a implements Exercise {

  /**
   * The settings of the two runs on few digits; without regularisation they would learn them by
   * heart.
   */
  public static final Plan FEW =
      Plan.of(
          choices -> {
            choices.numTraining = 40;
            choices.numValidation = 1_000;
            choices.numTest = 10_000;
            choices.epochs = 20;
            choices.batchSize = 10;
            choices.optimizer = "adam";
            choices.learningRate = 1e-3;
            choices.schedule = "constant";
            choices.reg = 5e-3;
            choices.network = "basic";
            choices.filters = 32;
            choices.filterSize = 7;
            choices.hidden = 100;
            choices.augment = "none";
          });

  /**
   * On many digits the same but for regularisation, which they need no more, and a falling rate.
   */
  public static final Plan MANY = FEW.withRegAndSchedule(0, "cosine").withLength(50_000, 1);

  /** From so many digits on, {@link #MANY} is used. */
  private static final int MANY_DIGITS = 2_000;

  private record Length(int images, int epochs) {

    String title() {
      return images + " digits, " + epochs + (epochs == 1 ? " epoch" : " epochs");
    }
  }

  private static final List<Length> LENGTHS =
      List.of(new Length(40, 20), new Length(40, 100), new Length(50_000, 1));

  private static final List<Length> QUICK =
      List.of(new Length(40, 20), new Length(40, 100), new Length(5_000, 1));

  @Override
  public String id() {
    return "29a";
  }

  @Override
  public String question() {
    return "How well does BasicConvNet know handwritten digits after training on 40 of them for 20"
        + " and for 100 epochs, and on 50,000 for one?";
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) throws IOException {
    TrainTest digits = Datasets.load(DataSets.MNIST, context.options(), context.console());
    Training training = new Training(backend, context.options(), context.console());
    List<TrainedRun> runs = new ArrayList<>();
    for (Length length : lengths(context)) {
      TrainedRun run =
          training.run(
              length.title(), digits, plan(length, context), Training.Files.of(context.training()));
      context.console().result(line(run));
      runs.add(run);
    }
    return new Outcome(
        Datasets.facts(digits.source()),
        plan(lengths(context).get(0), context).settings(),
        runs.stream().map(TrainedRun::toRun).toList(),
        plot(runs, context),
        answer(runs));
  }

  private static Plan plan(Length length, ExerciseContext context) {
    Plan plan =
        (length.images() < MANY_DIGITS ? FEW : MANY)
            .with(context.training())
            .withLength(length.images(), length.epochs());
    return context.options().quick() && context.training().numTest == null
        ? plan.withTest(1_000)
        : plan;
  }

  /** The three of the exercise; one of its own if the command line gives a length. */
  private static List<Length> lengths(ExerciseContext context) {
    TrainingOptions given = context.training();
    if (given.numTraining == null && given.epochs == null) {
      return context.options().quick() ? QUICK : LENGTHS;
    }
    Plan plan = FEW.with(given);
    return List.of(new Length(plan.numTraining(), plan.epochs()));
  }

  private static String line(TrainedRun run) {
    return String.format(
        Locale.ROOT,
        "  %-24s test accuracy %.4f on %d, training %.3f, %.0f images/s, %.1f s",
        run.name(),
        run.test().accuracy(),
        run.test().samples(),
        run.train().accuracy(),
        run.history().last().samplesPerSecond(),
        run.history().last().seconds());
  }

  private static List<String> plot(List<TrainedRun> runs, ExerciseContext context)
      throws IOException {
    Map<String, List<Double>> losses = new LinkedHashMap<>();
    Map<String, List<Double>> accuracies = new LinkedHashMap<>();
    for (TrainedRun run : runs) {
      if (run.history().epochs().size() > 1) {
        losses.put(run.name(), run.losses());
        accuracies.put(run.name() + ", training", run.trainAccuracies());
        if (!run.validationAccuracies().isEmpty()) {
          accuracies.put(run.name() + ", validation", run.validationAccuracies());
        }
      }
    }
    List<String> pictures = new ArrayList<>();
    if (!losses.isEmpty()) {
      Charts.lines(context.folder().resolve("loss.png"), "Loss", "epoch", "loss", losses);
      Charts.lines(
          context.folder().resolve("accuracy.png"), "Accuracy", "epoch", "accuracy", accuracies);
      pictures.addAll(List.of("loss.png", "accuracy.png"));
    }
    Map<String, List<Double>> steps = new LinkedHashMap<>();
    runs.forEach(run -> steps.put(run.name(), run.history().losses()));
    Charts.lines(
        context.folder().resolve("loss-steps.png"), "Loss of each step", "step", "loss", steps);
    pictures.add("loss-steps.png");
    return pictures;
  }

  private static String answer(List<TrainedRun> runs) {
    return runs.stream()
        .map(
            run ->
                String.format(Locale.ROOT, "%s: %.1f %%", run.name(), 100 * run.test().accuracy()))
        .collect(Collectors.joining("; "));
  }
}
