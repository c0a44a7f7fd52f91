package io.github.trimaran.examples.exercise;

import io.github.trimaran.examples.run.Selection;
import io.github.trimaran.examples.training.Experiment;
import java.util.List;
import java.util.Map;

/** The exercises there are, in the order of the course. */
public final class Exercises {

  private static final List<Exercise> ALL =
      List.of(
          new Exercise29a(),
          new Exercise29b(),
          new Exercise29c(),
          new Exercise30a(),
          new Exercise30b(),
          new Exercise30c(),
          new ExerciseTutorial());

  private static final Map<String, Experiment> TRAININGS =
      Map.of("mnist", Exercise29a.MANY, "cifar10", Exercise29b.EXPERIMENT);

  private Exercises() {}

  /** All of them. */
  public static List<Exercise> all() {
    return ALL;
  }

  /**
   * What the course trains on each data set by its key, {@code mnist} and {@code cifar10}; where
   * {@code train} and the page start from.
   */
  public static Map<String, Experiment> trainings() {
    return TRAININGS;
  }

  /** Their numbers, for people. */
  public static String ids() {
    return Selection.names(ALL, Exercise::id);
  }

  /**
   * The exercises of these numbers, in this order; {@code all} stands for all.
   *
   * @throws IllegalArgumentException if there is none of a number, listing those there are
   */
  public static List<Exercise> named(List<String> ids) {
    return Selection.of("exercise", ALL, Exercise::id, ids);
  }
}
