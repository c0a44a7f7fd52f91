package io.github.trimaran.examples.exercise;

import static io.github.trimaran.examples.training.Networks.BASIC;
import static io.github.trimaran.examples.training.Optimizers.ADAM;
import static io.github.trimaran.examples.training.Rates.ONE_CYCLE;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.examples.training.NetworkChoice;
import io.github.trimaran.examples.training.TrainedRun;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The course's network on CIFAR-10 for one epoch, and a picture of what its convolution learned.
 */
public final class Exercise29b implements Exercise {

  /** The course's split and sizes; the rate rises and falls once over the training. */
  static final Experiment EXPERIMENT =
      Experiment.images(49_000, 1_000, 10_000)
          .network(NetworkChoice.of(BASIC).filters(32).filterSize(7).hidden(500))
          .optimizer(ADAM, 1e-3, ONE_CYCLE)
          .batchSize(50)
          .epochs(1);

  private static final Experiment QUICK = EXPERIMENT.training(4_000).test(1_000);

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
  public String theory() {
    return """
        The convolution has a weight of four dimensions. Each output pixel (y, x) of feature f is

            sum over c, i, j of w[f, c, i, j] * input[c, y + i, x + j] + b[f]

        so f chooses the filter, c the colour channel that it looks at, and (i, j) the place in its
        window. Drawn as a picture, a filter shows what it answers to most: by the inequality of Cauchy
        and Schwarz, of all inputs of one norm that is the filter itself.
        """;
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) throws IOException {
    TrainTest images = context.images(DataSets.CIFAR10);
    Experiment experiment = context.asked().over(EXPERIMENT, QUICK);
    TrainedRun run = context.training(backend).run(experiment.title("images"), images, experiment);
    run.drawLoss(context.folder().resolve("loss.png"));
    run.drawFilters(context.folder().resolve("filters.png"));
    return new Outcome(
        Datasets.facts(images.source()),
        experiment.settings(),
        List.of(run.toRun(context.folder(), TestedImages.SHEET)),
        List.of("loss.png", "filters.png"),
        String.format(
            Locale.ROOT,
            "test accuracy %.1f %% on %d images of %s; in filters.png feature f and channel c"
                + " choose the tile, row i and column j the pixel",
            100 * run.test().accuracy(),
            run.test().samples(),
            images.source().name()));
  }
}
