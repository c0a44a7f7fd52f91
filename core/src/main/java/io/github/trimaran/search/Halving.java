package io.github.trimaran.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Successive halving (Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and
 * hyperparameter optimization"): all candidates get a small budget, the best {@code 1 / factor} of
 * them {@code factor} times as much, and so on. With one rung it is random search.
 *
 * <pre>{@code
 * Halving halving = new Halving(16, 2, 2, 3);    // 16 for 2 epochs, 8 for 4, 4 for 8
 * long epochs = halving.total();
 * }</pre>
 *
 * @param candidates on the first rung
 * @param budget of each of them
 * @param factor by which candidates become fewer and budgets larger
 * @param rungs how many
 */
public record Halving(int candidates, int budget, int factor, int rungs) {

  /** Requires that the last rung has a candidate. */
  public Halving {
    if (candidates < 1 || budget < 1 || factor < 2 || rungs < 1) {
      throw new IllegalArgumentException(
          "successive halving: needs at least 1 candidate, budget and rung, and a factor of 2, has "
              + candidates
              + ", "
              + budget
              + ", "
              + rungs
              + " and "
              + factor);
    }
  }

  /** Random search: all candidates with the same budget. */
  public static Halving random(int candidates, int budget) {
    return new Halving(candidates, budget, 2, 1);
  }

  /**
   * One round.
   *
   * @param number from 0
   * @param candidates how many take part
   * @param budget of each
   */
  public record Rung(int number, int candidates, int budget) {}

  /**
   * The rounds: {@code max(1, floor(candidates / factor^i))} candidates with {@code budget *
   * factor^i} on rung i.
   */
  public List<Rung> schedule() {
    List<Rung> schedule = new ArrayList<>();
    int power = 1;
    for (int i = 0; i < rungs; i++) {
      schedule.add(new Rung(i, Math.max(1, candidates / power), budget * power));
      power *= factor;
    }
    return schedule;
  }

  /** The budgets of all trials together. */
  public long total() {
    return schedule().stream().mapToLong(rung -> (long) rung.candidates() * rung.budget()).sum();
  }

  /** The best of some trials, best first; of equals the one drawn first. */
  public static List<Trial> best(List<Trial> trials, int count) {
    return trials.stream()
        .sorted(
            Comparator.comparingDouble(Trial::score).reversed().thenComparingInt(Trial::candidate))
        .limit(count)
        .toList();
  }
}
