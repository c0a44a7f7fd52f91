package io.github.trimaran.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Compares choices with what is there, one at a time and by several seeds, so that a choice is not
 * made by the luck of one training: every candidate meets the same seeds as the base does, and its
 * effect is the mean difference with its uncertainty.
 *
 * <pre>{@code
 * TrialLog log = TrialLog.open(Path.of("ablation.json"), Map.of("epochs", 8L));
 * List<Ablation.Effect> effects =
 *     new Ablation(List.of("as it is", "wider", "deeper"), List.of(1L, 2L, 3L), log)
 *         .run((candidate, seed) -> Math.sin(10 * candidate + seed));
 * effects.forEach(System.out::println);
 * }</pre>
 *
 * <p>Trials that the log has are not made again, so a comparison that was killed goes on. They are
 * made seed by seed: after the first seed every candidate was met once.
 */
public final class Ablation {

  private static final String NAME = "candidate";

  /** Is noted of trials that came to nothing. */
  private static final String FAILED = "failed";

  /** What is measured: the higher the better. */
  @FunctionalInterface
  public interface Measure {

    /**
     * The score of a candidate; NaN if the trial came to nothing, as a training does that diverges.
     * That counts as a score of 0, and {@link Effect#failed} tells how often.
     *
     * @param candidate its place in the list, the base is 0
     * @throws IOException if it cannot be made
     */
    double score(int candidate, long seed) throws IOException;
  }

  /**
   * What became of a candidate.
   *
   * @param name of the candidate
   * @param scores one a seed
   * @param mean of the scores
   * @param difference to the base's, with its uncertainty; that of the base to itself is 0
   * @param seconds a trial took, on average
   * @param failed how many of its trials came to nothing; their scores are 0
   */
  public record Effect(
      String name,
      List<Double> scores,
      double mean,
      PairedDifference difference,
      double seconds,
      long failed) {

    /** Keeps a copy of the scores. */
    public Effect {
      scores = List.copyOf(scores);
    }
  }

  private final List<String> names;
  private final List<Long> seeds;
  private final TrialLog log;
  private Consumer<Trial> listener = trial -> {};

  /**
   * A comparison.
   *
   * @param names of the candidates, that of the base first
   * @param seeds each candidate is measured with
   * @param log trials in it are not made again; names and seeds may be added at their ends
   */
  public Ablation(List<String> names, List<Long> seeds, TrialLog log) {
    if (names.size() < 2 || seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "ablation: needs the base, at least one candidate and one seed, has "
              + names.size()
              + " names and "
              + seeds.size()
              + " seeds");
    }
    this.names = List.copyOf(names);
    this.seeds = List.copyOf(seeds);
    this.log = log;
  }

  /** Is told of each trial that ends. */
  public Ablation listener(Consumer<Trial> told) {
    listener = told;
    return this;
  }

  /**
   * Makes all trials that the log has not. Whether the candidates are those of the log is found out
   * before the first.
   *
   * @return an effect a candidate, in order
   * @throws IllegalArgumentException if the log has another candidate in a candidate's place
   * @throws IOException as the measure throws it, or if the log cannot be written
   */
  public List<Effect> run(Measure measure) throws IOException {
    for (Trial logged : log.trials()) {
      if (logged.candidate() <= names.size()) {
        requireSame(names.get(logged.candidate() - 1), logged);
      }
    }
    for (int seed = 0; seed < seeds.size(); seed++) {
      for (int candidate = 0; candidate < names.size(); candidate++) {
        if (log.find(candidate + 1, seed).isEmpty()) {
          Trial trial = trial(candidate, seed, measure);
          log.add(trial);
          listener.accept(trial);
        }
      }
    }
    return effects();
  }

  private void requireSame(String name, Trial logged) {
    String there = logged.values().word(NAME);
    if (!there.equals(name)) {
      throw new IllegalArgumentException(
          log.file()
              + ": candidate "
              + logged.candidate()
              + " is '"
              + there
              + "' there and '"
              + name
              + "' here; give the same ones in the same order, new ones after them, or delete the"
              + " file to start afresh");
    }
  }

  private Trial trial(int candidate, int seed, Measure measure) throws IOException {
    long start = System.nanoTime();
    double score = measure.score(candidate, seeds.get(seed));
    Map<String, Object> values = new LinkedHashMap<>(Map.of(NAME, names.get(candidate)));
    if (Double.isNaN(score)) {
      values.put(FAILED, true);
    }
    return new Trial(
        candidate + 1,
        seed,
        1,
        new Values(values),
        Double.isNaN(score) ? 0 : score,
        (System.nanoTime() - start) * 1e-9,
        List.of());
  }

  private List<Effect> effects() {
    List<Effect> effects = new ArrayList<>();
    List<Double> base = each(0, Trial::score);
    for (int candidate = 0; candidate < names.size(); candidate++) {
      List<Double> scores = each(candidate, Trial::score);
      effects.add(
          new Effect(
              names.get(candidate),
              scores,
              mean(scores),
              PairedDifference.of(scores, base),
              mean(each(candidate, Trial::seconds)),
              each(candidate, trial -> trial.values().byName().containsKey(FAILED)).stream()
                  .filter(failed -> failed)
                  .count()));
    }
    return effects;
  }

  private <T> List<T> each(int candidate, Function<Trial, T> value) {
    return IntStream.range(0, seeds.size())
        .mapToObj(seed -> value.apply(log.find(candidate + 1, seed).orElseThrow()))
        .toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
