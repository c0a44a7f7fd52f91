package io.github.trimaran.examples.exercise;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.SearchOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import io.github.trimaran.examples.training.Experiment;
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
 * @param winner the images and batches of all, and for how many epochs the best is trained in the
 *     end; what it says of network and optimiser is not looked at
 * @param method how candidates get their budgets
 * @param halving the candidates and their epochs
 */
record SearchPlan(Experiment winner, SearchOptions.Method method, Halving halving) {

  SearchPlan {
    requireAtLeastOne("--num-validation", winner.validation());
  }

  /** By successive halving. */
  SearchPlan(Experiment winner, Halving halving) {
    this(winner, SearchOptions.Method.HALVING, halving);
  }

  /** The exercise's own choices, and over them what was given on the command line. */
  static SearchPlan asked(SearchPlan usual, SearchPlan quick, ExerciseContext context) {
    TrainingOptions given = context.given();
    refuse("--network", given.network, "the search is over networks of one kind");
    refuse("--optimizer", given.optimizer, "all are trained by AdamW");
    refuse("--schedule", given.schedule, "all are trained with a one-cycle rate");
    refuse("--weight-scale", given.weightScale, "first weights are He's");
    refuse("--resume", given.resume, "an unfinished search goes on by itself");
    refuse("--init", given.init, "each setting is another network");
    Experiment winner = context.asked().over(usual.winner, quick.winner);
    Halving own = (context.options().quick() ? quick : usual).halving;
    SearchOptions search = context.search();
    SearchOptions.Method method = or(search.search, usual.method);
    int trials = or(search.trials, own.candidates());
    requireAtLeastOne("--trials", trials);
    return new SearchPlan(
        winner,
        method,
        method == SearchOptions.Method.RANDOM
            ? Halving.random(trials, own.factor())
            : new Halving(trials, own.budget(), own.factor(), own.rungs()));
  }

  /** The space with those dimensions fixed whose value was given on the command line. */
  Space restrict(Space space, ExerciseContext context) {
    TrainingOptions given = context.given();
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
    settings.put("num_training", winner.training());
    settings.put("num_validation", winner.validation());
    settings.put("num_test", winner.test());
    settings.put("batch_size", winner.batchSize());
    settings.put("epochs", winner.epochs());
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
