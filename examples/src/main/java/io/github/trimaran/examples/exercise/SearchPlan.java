package io.github.trimaran.examples.exercise;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.SearchOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How exercise 29c searches, every choice made.
 *
 * @param numTraining training images
 * @param numValidation validation images, by which settings are compared
 * @param numTest test images, for the best alone
 * @param batchSize images a step
 * @param epochs the best is trained for in the end
 * @param method how candidates get their budgets
 * @param halving the candidates and their epochs
 */
record SearchPlan(
    int numTraining,
    int numValidation,
    int numTest,
    int batchSize,
    int epochs,
    SearchOptions.Method method,
    Halving halving) {

  private static final int FACTOR = 3;

  /** The course's number of training images. */
  private static final SearchPlan FULL =
      new SearchPlan(
          20_000,
          2_000,
          10_000,
          64,
          8,
          SearchOptions.Method.HALVING,
          new Halving(12, 1, FACTOR, 2));

  private static final SearchPlan QUICK =
      new SearchPlan(
          2_000, 500, 1_000, 50, 3, SearchOptions.Method.HALVING, new Halving(6, 1, FACTOR, 2));

  SearchPlan {
    requireAtLeastOne("--num-training", numTraining);
    requireAtLeastOne("--num-validation", numValidation);
    requireAtLeastOne("--num-test", numTest);
    requireAtLeastOne("--batch-size", batchSize);
    requireAtLeastOne("--epochs", epochs);
  }

  /** The exercise's own choices, and what was given on the command line. */
  static SearchPlan of(ExerciseContext context) {
    SearchPlan own = context.options().quick() ? QUICK : FULL;
    TrainingOptions given = context.training();
    refuse("--network", given.network, "the search is over networks of one kind");
    refuse("--optimizer", given.optimizer, "all are trained by AdamW");
    refuse("--schedule", given.schedule, "all are trained with a one-cycle rate");
    refuse("--weight-scale", given.weightScale, "first weights are He's");
    refuse("--resume", given.resume, "an unfinished search goes on by itself");
    refuse("--init", given.init, "each setting is another network");
    SearchOptions search = context.search();
    SearchOptions.Method method = or(search.search, own.method);
    int trials = or(search.trials, own.halving.candidates());
    requireAtLeastOne("--trials", trials);
    return new SearchPlan(
        or(given.numTraining, own.numTraining),
        or(given.numValidation, own.numValidation),
        or(given.numTest, own.numTest),
        or(given.batchSize, own.batchSize),
        or(given.epochs, own.epochs),
        method,
        method == SearchOptions.Method.RANDOM
            ? Halving.random(trials, own.halving.factor())
            : new Halving(trials, own.halving.budget(), FACTOR, own.halving.rungs()));
  }

  /** The space with those dimensions fixed whose value was given on the command line. */
  Space restrict(Space space, ExerciseContext context) {
    TrainingOptions given = context.training();
    Map<String, Object> fixed = new LinkedHashMap<>();
    fixed.put("filters", whole(given.filters));
    fixed.put("filter_size", whole(given.filterSize));
    fixed.put("hidden", whole(given.hidden));
    fixed.put("learning_rate", given.learningRate);
    fixed.put("reg", given.reg);
    fixed.put("augment", given.augment);
    Space restricted = space;
    for (Map.Entry<String, Object> dimension : fixed.entrySet()) {
      if (dimension.getValue() != null) {
        restricted = restricted.fixed(dimension.getKey(), dimension.getValue());
      }
    }
    return restricted;
  }

  /** By option name with underscores, for {@code result.json}. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("num_training", numTraining);
    settings.put("num_validation", numValidation);
    settings.put("num_test", numTest);
    settings.put("batch_size", batchSize);
    settings.put("epochs", epochs);
    settings.put("optimizer", "adamw");
    settings.put("schedule", "one-cycle");
    settings.put("search", method.name().toLowerCase(Locale.ROOT));
    settings.put("trials", halving.candidates());
    List<String> rungs = new ArrayList<>();
    for (Halving.Rung rung : halving.schedule()) {
      rungs.add(rung.candidates() + " x " + SearchReport.epochs(rung.budget()));
    }
    settings.put("rungs", String.join(", ", rungs));
    return settings;
  }

  private static Long whole(Integer given) {
    return given == null ? null : Long.valueOf(given);
  }

  private static <T> T or(T given, T own) {
    return given == null ? own : given;
  }

  private static void refuse(String option, Object given, String why) {
    if (given != null) {
      throw new InputException(option + ": is not for exercise 29c: " + why + "; leave it out");
    }
  }

  private static void requireAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option + ": must be at least 1, is " + value);
    }
  }
}
