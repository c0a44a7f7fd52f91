package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.examples.report.FilterPicture;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.training.Plan;
import io.github.trimaran.examples.training.TrainedRun;
import io.github.trimaran.examples.training.Training;
import io.github.trimaran.vision.image.Pictures;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The course's network on CIFAR-10 for one epoch, and a picture of what its convolution learned.
 */
public final class Exercise29b implements Exercise {

  /** The course's split and sizes; the rate rises and falls once over the training. */
  public static final Plan PLAN =
      Plan.of(
          choices -> {
            choices.numTraining = 49_000;
            choices.numValidation = 1_000;
            choices.numTest = 10_000;
            choices.epochs = 1;
            choices.batchSize = 50;
            choices.optimizer = "adam";
            choices.learningRate = 1e-3;
            choices.schedule = "one-cycle";
            choices.reg = 0.0;
            choices.network = "basic";
            choices.filters = 32;
            choices.filterSize = 7;
            choices.hidden = 500;
            choices.augment = "none";
          });

  private static final int QUICK_IMAGES = 4_000;
  private static final int QUICK_TEST = 1_000;
  private static final String FILTERS = "conv1.weight";

  @Override
  public String id() {
    return "29b";
  }

  @Override
  public String question() {
    return "How well does BasicConvNet know the ten classes of CIFAR-10 after one epoch, and what"
        + " do the filters w[f, c, i, j] of its convolution look like?";
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) throws IOException {
    TrainTest images = Datasets.load(DataSets.CIFAR10, context.options(), context.console());
    Plan plan = plan(context);
    TrainedRun run =
        new Training(backend, context.options(), context.console())
            .run(
                plan.numTraining() + " images, " + plan.epochs() + " epochs",
                images,
                plan,
                Training.Files.of(context.training()));
    Charts.lines(
        context.folder().resolve("loss.png"),
        "Loss",
        plan.epochs() > 1 ? "epoch" : "step",
        "loss",
        Map.of("training", run.losses()));
    Pictures.writePng(
        context.folder().resolve("filters.png"),
        FilterPicture.draw("conv1", run.weights().get(FILTERS)));
    return new Outcome(
        Datasets.facts(images.source()),
        plan.settings(),
        List.of(run.toRun()),
        List.of("loss.png", "filters.png"),
        String.format(
            Locale.ROOT,
            "test accuracy %.1f %% on %d images of %s; in filters.png feature f and channel c"
                + " choose the tile, row i and column j the pixel",
            100 * run.test().accuracy(),
            run.test().samples(),
            images.source().name()));
  }

  private static Plan plan(ExerciseContext context) {
    Plan plan = PLAN;
    if (context.options().quick()) {
      plan = plan.withLength(QUICK_IMAGES, 1).withTest(QUICK_TEST);
    }
    return plan.with(context.training());
  }
}
