package io.github.trimaran.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Runs a search: candidates rung by rung, several at once. Which wins does not depend on how many
 * run at once, nor on interruptions.
 *
 * <pre>{@code
 * TrialLog log = TrialLog.open(Path.of("search.json"), Map.of("seed", 1L));
 * List<Trial> trials =
 *     new Search(candidates, new Halving(16, 2, 2, 3), objective, log).run(2);
 * System.out.println(Halving.best(trials, 1));
 * }</pre>
 */
public final class Search {

  private final List<Values> candidates;
  private final Halving halving;
  private final Objective objective;
  private final TrialLog log;
  private ToDoubleFunction<Values> cost = values -> 0;
  private Consumer<Trial> listener = trial -> {};

  /**
   * A search.
   *
   * @param candidates as many as the first rung has
   * @param halving who gets what budget
   * @param objective to be made large
   * @param log trials in it are not made again
   */
  public Search(List<Values> candidates, Halving halving, Objective objective, TrialLog log) {
    if (candidates.size() != halving.candidates()) {
      throw new IllegalArgumentException(
          "search: "
              + candidates.size()
              + " candidates, the first rung is for "
              + halving.candidates());
    }
    this.candidates = List.copyOf(candidates);
    this.halving = halving;
    this.objective = objective;
    this.log = log;
  }

  /** How long a candidate takes: the longest start first, so that none is alone at the end. */
  public Search cost(ToDoubleFunction<Values> estimate) {
    cost = estimate;
    return this;
  }

  /** Is told of each trial that ends, by the thread that made it, one at a time. */
  public Search listener(Consumer<Trial> told) {
    listener = told;
    return this;
  }

  /**
   * Makes all trials that the log has not, by threads.
   *
   * @param jobs how many at once
   * @return all trials of the search, by rung, the best of a rung first
   * @throws IOException as the objective throws it, or if the log cannot be written
   */
  public List<Trial> run(int jobs) throws IOException {
    return run(new ThreadAttempts(jobs));
  }

  /** The same with the trials made another way. */
  public List<Trial> run(Attempts attempts) throws IOException {
    List<Trial> all = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= candidates.size(); i++) {
      numbers.add(i);
    }
    List<Halving.Rung> schedule = halving.schedule();
    for (Halving.Rung rung : schedule) {
      List<Trial> ranked = Halving.best(climb(numbers, rung, attempts), numbers.size());
      all.addAll(ranked);
      int next = rung.number() + 1;
      if (next < schedule.size()) {
        numbers =
            ranked.stream().limit(schedule.get(next).candidates()).map(Trial::candidate).toList();
      }
    }
    return all;
  }

  /** One rung: the logged trials and the new ones. */
  private List<Trial> climb(List<Integer> numbers, Halving.Rung rung, Attempts attempts)
      throws IOException {
    List<Trial> trials = new ArrayList<>();
    List<Attempts.Attempt> open = new ArrayList<>();
    for (int number : numbers) {
      log.find(number, rung.number())
          .ifPresentOrElse(
              trials::add,
              () -> open.add(new Attempts.Attempt(number, candidates.get(number - 1))));
    }
    open.sort(
        Comparator.comparingDouble(
                (Attempts.Attempt attempt) -> cost.applyAsDouble(attempt.values()))
            .reversed());
    if (!open.isEmpty()) {
      attempts.make(
          objective,
          rung,
          open,
          (attempt, score, seconds) -> trials.add(noted(attempt, rung, score, seconds)));
    }
    return trials;
  }

  private Trial noted(
      Attempts.Attempt attempt, Halving.Rung rung, Objective.Score score, double seconds)
      throws IOException {
    Trial trial =
        new Trial(
            attempt.candidate(),
            rung.number(),
            rung.budget(),
            attempt.values(),
            score.value(),
            seconds,
            score.history());
    log.add(trial);
    listener.accept(trial);
    return trial;
  }
}
