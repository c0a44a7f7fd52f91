package io.github.trimaran.search;

import java.io.IOException;
import java.util.List;

/**
 * What is to be made large. Called by several threads at once.
 *
 * <pre>{@code
 * Objective objective =
 *     (values, epochs, worker) ->
 *         new Objective.Score(accuracyAfter(epochs, values.number("learning_rate")), List.of());
 * }</pre>
 */
@FunctionalInterface
public interface Objective {

  /**
   * Tries a candidate. What it returns must follow from these alone.
   *
   * @param values to try
   * @param budget to spend on it: epochs, say
   * @param worker which of those at work this is, from 0: each has what it computes with to itself
   */
  Score evaluate(Values values, int budget, int worker) throws IOException;

  /**
   * How well a candidate did.
   *
   * @param value finite; the higher the better
   * @param history values on the way; may be empty
   */
  record Score(double value, List<Double> history) {}
}
