package io.github.trimaran.search;

import java.io.IOException;
import java.util.List;

/**
 * Where the trials of a rung are made: by threads of this process, or elsewhere.
 *
 * <pre>{@code
 * Attempts oneAfterTheOther = (objective, rung, open, done) -> {
 *   for (Attempts.Attempt attempt : open) {
 *     long start = System.nanoTime();
 *     Objective.Score score = objective.evaluate(attempt.values(), rung.budget(), 0);
 *     done.accept(attempt, score, (System.nanoTime() - start) * 1e-9);
 *   }
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Attempts {

  /**
   * A trial to be made.
   *
   * @param candidate its number, from 1
   * @param values to try
   */
  record Attempt(int candidate, Values values) {}

  /** Is told of trials that are over. */
  @FunctionalInterface
  interface Done {
    /**
     * One is over; when this returns it is in the log. Called by one thread at a time.
     *
     * @param seconds that it took
     */
    void accept(Attempt attempt, Objective.Score score, double seconds) throws IOException;
  }

  /**
   * Makes all trials of a rung that the log has not.
   *
   * @param open the longest first
   * @param done to be told of each as soon as it is over, in any order
   */
  void make(Objective objective, Halving.Rung rung, List<Attempt> open, Done done)
      throws IOException;
}
