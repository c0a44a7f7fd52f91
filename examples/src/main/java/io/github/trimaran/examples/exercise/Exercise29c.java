package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Split;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.training.ConvNetTraining;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.Values;
import java.io.IOException;
import java.util.List;

/**
 * A search for the best network on CIFAR-10: candidates from a declared space are tried on
 * validation images, the best is trained longer, and only it meets the test images. All are trained
 * by AdamW with a one-cycle rate ({@link ConvNetTraining}).
 */
public final class Exercise29c implements Exercise {

  /** Twelve candidates for one epoch, the best third of them for three, the best for eight. */
  private static final SearchPlan USUAL =
      new SearchPlan(
          Experiment.images(20_000, 2_000, 10_000).batchSize(64).epochs(8),
          new Halving(12, 1, 3, 2));

  private static final SearchPlan QUICK =
      new SearchPlan(
          Experiment.images(2_000, 500, 1_000).batchSize(50).epochs(3), new Halving(6, 1, 3, 2));

  /** Multiplications with additions for one image: more than this is too slow for a search. */
  private static final long MOST_MULTIPLY_ADDS = 20_000_000;

  private static Space space(ConvNetTraining training) {
    return Space.builder()
        .oneOf("filters", 8L, 16L, 24L, 32L)
        .oneOf("filter_size", 3L, 5L)
        .oneOf("depth", 1L, 2L, 3L)
        .oneOf("hidden", 64L, 128L, 256L, 512L)
        .oneOf("batch_norm", false, true)
        .oneOf("dropout", 0.0, 0.2, 0.4)
        .oneOf("augment", "none", "flip", "flip-crop")
        .logUniform("learning_rate", 5e-4, 1e-2)
        .logUniform("reg", 1e-4, 1e-1)
        .limit(values -> training.candidate(values).network().multiplyAdds() <= MOST_MULTIPLY_ADDS)
        .build();
  }

  @Override
  public String id() {
    return "29c";
  }

  @Override
  public String question() {
    return "What is the highest accuracy on CIFAR-10 that you can reach with other architectures"
        + " and hyperparameters, chosen without looking at the test images?";
  }

  @Override
  public String theory() {
    return """
        Successive halving gives many settings a small budget, keeps the best third, gives those three
        times as much, and so on (Jamieson and Talwalkar 2016). Rates and decays are drawn evenly on a
        logarithmic scale, for their order of magnitude is what matters.

        Choosing by validation images makes the best of them look better than it is: of n settings that
        are equally good, the highest of n noisy accuracies wins. So the test images are looked at once,
        for the winner alone. The standard error of an accuracy a on m images is

            sqrt(a (1 - a) / m)
        """;
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) throws IOException {
    long seed = context.options().seed();
    SearchPlan plan = SearchPlan.asked(USUAL, QUICK, context);
    TrainTest images = context.images(DataSets.CIFAR10);
    Split split = plan.winner().split(images);
    ConvNetTraining training =
        new ConvNetTraining(split, context.options().dtype(), plan.winner().batchSize(), seed);
    Space space = plan.restrict(space(training), context);
    List<Values> candidates = space.sample(plan.halving().candidates(), Rng.seeded(seed));

    SearchRun search = new SearchRun(plan, space, images, backend, context);
    List<Trial> trials = search.run(candidates, training);
    SearchReport report = new SearchReport(trials, space);
    context.console().say(report.table());
    SearchRun.Winner best = search.trainLonger(report.winner(), training);
    return search.finish(report, best);
  }
}
