package io.github.trimaran.data.prediction;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What class a sample is of, and how sure the model is.
 *
 * <pre>{@code
 * Classified seen = predictor.predict(image);
 * System.out.println(seen.label() + " " + seen.probability());
 * System.out.println(seen);     // 7 97.1 %, 1 1.6 %, 9 0.8 %
 * }</pre>
 *
 * @param names of the classes, in order
 * @param probabilities one for each, which sum to 1
 */
public record Classified(List<String> names, List<Double> probabilities) {

  private static final int PRINTED = 3;

  /** Keeps copies. */
  public Classified {
    names = List.copyOf(names);
    probabilities = List.copyOf(probabilities);
    if (names.isEmpty() || names.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          "classified: "
              + probabilities.size()
              + " probabilities do not go with "
              + names.size()
              + " classes");
    }
  }

  /** The most probable class, from 0; the first of equals. */
  public int index() {
    return top(1).get(0);
  }

  /** The name of the most probable class. */
  public String label() {
    return names.get(index());
  }

  /** The probability of the most probable class. */
  public double probability() {
    return probabilities.get(index());
  }

  /** The most probable classes, the first first. */
  public List<Integer> top(int count) {
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -probabilities.get(i)))
        .limit(count)
        .toList();
  }

  /** The three most probable. */
  @Override
  public String toString() {
    return top(PRINTED).stream()
        .map(
            i -> String.format(Locale.ROOT, "%s %.1f %%", names.get(i), 100 * probabilities.get(i)))
        .collect(Collectors.joining(", "));
  }
}
