package io.github.trimaran.data;

import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which samples go into which part, as their numbers; {@code select} of a data set or a table then
 * makes the parts.
 *
 * <pre>{@code
 * List<int[]> halves = Splits.random(table.size(), Rng.seeded(1), 0.5, 0.5);
 * Table half = table.select(halves.get(0));
 *
 * for (Splits.Fold fold : Splits.stratifiedFolds(samples.labels(), 5, Rng.seeded(1))) {
 *   Samples training = samples.select(fold.train());
 *   Samples testing = samples.select(fold.test());
 * }
 * }</pre>
 *
 * <p>The same generator gives the same parts; it is not advanced. No sample is in two parts.
 * Stratified parts have of each class their share of it, as nearly as whole numbers can.
 */
public final class Splits {

  private Splits() {}

  /**
   * One fold of a cross-validation.
   *
   * @param train the samples of all other folds
   * @param test the samples of this one
   */
  public record Fold(int[] train, int[] test) {}

  /**
   * Parts at random.
   *
   * @param size the number of samples
   * @param shares of the parts, over 0; they sum to at most 1
   * @throws IllegalArgumentException if a part would be empty
   */
  public static List<int[]> random(int size, Rng rng, double... shares) {
    return stratified(new int[size], rng, shares);
  }

  /**
   * Parts at random that have of each class their share.
   *
   * @param labels the samples' classes
   * @param shares of the parts, over 0; they sum to at most 1
   * @throws IllegalArgumentException if a part would be empty
   */
  public static List<int[]> stratified(int[] labels, Rng rng, double... shares) {
    double[] ends = shares.clone();
    for (int i = 1; i < ends.length; i++) {
      ends[i] += ends[i - 1];
    }
    if (ends.length == 0
        || Arrays.stream(shares).anyMatch(share -> !(share > 0))
        || ends[ends.length - 1] > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "split: shares must be over 0 and sum to at most 1, are " + Arrays.toString(shares));
    }
    return cut(spread(labels, rng), ends);
  }

  /** So many folds at random, each the test samples once; scikit-learn's {@code KFold}. */
  public static List<Fold> folds(int size, int count, Rng rng) {
    return stratifiedFolds(new int[size], count, rng);
  }

  /**
   * So many folds at random that have of each class their share, each the test samples once;
   * scikit-learn's {@code StratifiedKFold}.
   */
  public static List<Fold> stratifiedFolds(int[] labels, int count, Rng rng) {
    if (count < 2) {
      throw new IllegalArgumentException("split: needs at least 2 folds, is " + count);
    }
    double[] ends = IntStream.rangeClosed(1, count).mapToDouble(i -> (double) i / count).toArray();
    List<int[]> parts = cut(spread(labels, rng), ends);
    return parts.stream()
        .map(
            test ->
                new Fold(
                    parts.stream()
                        .filter(part -> part != test)
                        .flatMapToInt(Arrays::stream)
                        .toArray(),
                    test))
        .toList();
  }

  /**
   * All samples in an order in which those of each class, at random among themselves, are spread
   * evenly: any run of it has of each class its share, give or take one.
   */
  private static int[] spread(int[] labels, Rng rng) {
    Map<Integer, List<Integer>> classes = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      classes.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    double[] keys = new double[labels.length];
    classes.forEach(
        (label, members) -> {
          Rng own = rng.fork("split").fork(label);
          int[] order = own.permutation(members.size());
          double start = own.nextDouble();
          for (int i = 0; i < order.length; i++) {
            keys[members.get(order[i])] = (i + start) / order.length;
          }
        });
    return IntStream.range(0, labels.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> keys[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<int[]> cut(int[] order, double[] ends) {
    List<int[]> parts = new ArrayList<>();
    int from = 0;
    for (double end : ends) {
      int to = (int) Math.round(Math.min(end, 1) * order.length);
      if (to <= from) {
        throw new IllegalArgumentException(
            "split: part "
                + (parts.size() + 1)
                + " of "
                + ends.length
                + " would be empty; there are only "
                + order.length
                + " samples");
      }
      parts.add(Arrays.copyOfRange(order, from, to));
      from = to;
    }
    return parts;
  }
}
