package io.github.trimaran.search;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
   * Makes all trials that the log has not.
   *
   * @param jobs how many at once
   * @return all trials of the search, by rung, the best of a rung first
   * @throws IOException as the objective throws it, or if the log cannot be written
   */
  public List<Trial> run(int jobs) throws IOException {
    List<Trial> all = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= candidates.size(); i++) {
      numbers.add(i);
    }
    List<Halving.Rung> schedule = halving.schedule();
    for (Halving.Rung rung : schedule) {
      List<Trial> ranked = Halving.best(climb(numbers, rung, jobs), numbers.size());
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
  private List<Trial> climb(List<Integer> numbers, Halving.Rung rung, int jobs) throws IOException {
    List<Trial> trials = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int number : numbers) {
      log.find(number, rung.number()).ifPresentOrElse(trials::add, () -> open.add(number));
    }
    open.sort(
        Comparator.comparingDouble((Integer number) -> cost.applyAsDouble(values(number)))
            .reversed());
    BlockingQueue<Integer> workers = new ArrayBlockingQueue<>(jobs);
    for (int worker = 0; worker < jobs; worker++) {
      workers.add(worker);
    }
    ExecutorService pool = Executors.newFixedThreadPool(jobs, Search::daemon);
    try {
      List<Future<Trial>> running = new ArrayList<>();
      for (int number : open) {
        running.add(pool.submit(() -> attempt(number, rung, workers)));
      }
      for (Future<Trial> trial : running) {
        trials.add(trial.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("search: interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw asCause(e);
    } finally {
      pool.shutdownNow();
    }
    return trials;
  }

  private Trial attempt(int number, Halving.Rung rung, BlockingQueue<Integer> workers)
      throws IOException, InterruptedException {
    int worker = workers.take();
    try {
      long start = System.nanoTime();
      Objective.Score score = objective.evaluate(values(number), rung.budget(), worker);
      Trial trial =
          new Trial(
              number,
              rung.number(),
              rung.budget(),
              values(number),
              score.value(),
              (System.nanoTime() - start) * 1e-9,
              score.history());
      synchronized (this) {
        log.add(trial);
        listener.accept(trial);
      }
      return trial;
    } finally {
      workers.add(worker);
    }
  }

  private Values values(int number) {
    return candidates.get(number - 1);
  }

  /** What was thrown in another thread, to be thrown in this one. */
  private static IOException asCause(ExecutionException e) throws IOException {
    Throwable cause = e.getCause();
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException failed ? failed : new IOException(cause);
  }

  /** Ctrl-C must not wait for these. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "search");
    thread.setDaemon(true);
    return thread;
  }
}
