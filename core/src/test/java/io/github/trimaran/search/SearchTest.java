package io.github.trimaran.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {

  private static final Space SPACE =
      Space.builder().logUniform("x", 1e-3, 1).oneOf("flag", false, true).build();
  private static final Halving HALVING = new Halving(9, 1, 3, 2);
  private static final List<Values> CANDIDATES = SPACE.sample(9, Rng.seeded(1));
  private static final Map<String, Object> SETTINGS = Map.of("seed", 1L, "data", "none");

  @TempDir Path folder;

  /** Follows from values and budget alone. */
  private static Objective.Score score(Values values, int budget) {
    double x = values.number("x");
    return new Objective.Score(x * (2 - x) + 0.01 * budget, List.of(x, x / budget));
  }

  private TrialLog log() throws IOException {
    return TrialLog.open(folder.resolve("search.json"), SETTINGS);
  }

  private static Search search(Objective objective, TrialLog log) {
    return new Search(CANDIDATES, HALVING, objective, log);
  }

  /** Trials without their time. */
  private static List<Object> found(List<Trial> trials) {
    return trials.stream()
        .map(
            t ->
                (Object)
                    List.of(
                        t.candidate(), t.rung(), t.budget(), t.values(), t.score(), t.history()))
        .toList();
  }

  @Test
  void theThreeBestOfNineGoOnWithThreeTimesTheBudget() throws IOException {
    List<Trial> trials = search((v, budget, worker) -> score(v, budget), log()).run(1);
    assertThat(trials).hasSize(12);
    // The score grows with x: the largest three are expected, the largest first.
    List<Values> expected =
        CANDIDATES.stream()
            .sorted((a, b) -> Double.compare(b.number("x"), a.number("x")))
            .limit(3)
            .toList();
    assertThat(trials.subList(9, 12)).extracting(Trial::values).isEqualTo(expected);
    assertThat(trials.subList(9, 12)).allMatch(trial -> trial.budget() == 3 && trial.rung() == 1);
  }

  @Test
  void severalAtOnceFindTheSameAndNoWorkerIsUsedTwiceAtATime() throws IOException {
    Set<Integer> busy = Collections.synchronizedSet(new HashSet<>());
    AtomicInteger most = new AtomicInteger();
    Objective careful =
        (values, budget, worker) -> {
          assertThat(busy.add(worker)).isTrue();
          most.accumulateAndGet(busy.size(), Math::max);
          pause();
          busy.remove(worker);
          return score(values, budget);
        };
    List<Trial> parallel = search(careful, log()).cost(values -> values.number("x")).run(3);
    log().delete();
    List<Trial> serial = search((v, budget, worker) -> score(v, budget), log()).run(1);
    assertThat(found(parallel)).isEqualTo(found(serial));
    assertThat(most.get()).isBetween(2, 3);
  }

  @Test
  void theLongestStartFirst() throws IOException {
    List<Double> order = Collections.synchronizedList(new ArrayList<>());
    search(
            (values, budget, worker) -> {
              if (budget == 1) {
                order.add(values.number("x"));
              }
              return score(values, budget);
            },
            log())
        .cost(values -> values.number("x"))
        .run(1);
    assertThat(order).isSortedAccordingTo(Collections.reverseOrder());
  }

  @Test
  void aKilledSearchGoesOnToTheSameEnd() throws IOException {
    List<Trial> whole = search((v, budget, worker) -> score(v, budget), log()).run(1);
    log().delete();
    // Dies in the trial after the given number, again and again, as a process would.
    int died = 0;
    AtomicInteger made = new AtomicInteger();
    List<Trial> trials = List.of();
    for (int life = 0; trials.isEmpty(); life++) {
      AtomicInteger left = new AtomicInteger(life % 2 == 0 ? 2 : 3);
      try {
        trials =
            search(
                    (values, budget, worker) -> {
                      if (left.getAndDecrement() <= 0) {
                        throw new IOException("killed");
                      }
                      made.incrementAndGet();
                      return score(values, budget);
                    },
                    log())
                .run(1);
      } catch (IOException e) {
        assertThat(e).hasMessage("killed");
        died++;
      }
    }
    assertThat(died).isGreaterThan(2);
    assertThat(made).hasValue(12);
    assertThat(found(trials)).isEqualTo(found(whole));
  }

  @Test
  void aLogOfOtherSettingsIsRefusedAndKept() throws IOException {
    search((v, budget, worker) -> score(v, budget), log()).run(2);
    Path file = folder.resolve("search.json");
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> TrialLog.open(file, Map.of("seed", 2L, "data", "none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(": a search with other settings (seed is 1 there, 2 here)")
        .hasMessageContaining("delete the file to start afresh");
    assertThatThrownBy(() -> TrialLog.open(file, Map.of("smoothing", 0.1)))
        .hasMessageContaining("(smoothing is not set there, 0.1 here)");
    assertThatThrownBy(() -> TrialLog.open(file, Collections.singletonMap("seed", null)))
        .hasMessageContaining("(seed is 1 there, not set here)");
    assertThat(file).hasBinaryContent(before);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, there is no candidate 0 on rung 0",
    "1, -1, there is no candidate 1 on rung -1",
    "2, 1, candidate 2 on rung 1 is there twice"
  })
  void aLogWithATrialThatCannotBeIsRefused(int candidate, int rung, String reason)
      throws IOException {
    TrialLog log = log();
    log.add(new Trial(2, 1, 1, CANDIDATES.get(1), 0.5, 1, List.of()));
    log.add(new Trial(candidate, rung, 1, CANDIDATES.get(0), 0.5, 1, List.of()));
    assertThatThrownBy(this::log)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            folder.resolve("search.json")
                + ": is a damaged log of a search ("
                + reason
                + "); delete it to start afresh");
  }

  @Test
  void aFolderInTheLogsPlaceIsRefusedInOneLine() throws IOException {
    Path file = Files.createDirectory(folder.resolve("search.json"));
    assertThatThrownBy(this::log)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": is a folder, where the log of a search would be; move it away or choose"
                + " another folder with --out");
  }

  @Test
  void aLogWithNumbersThatDoNotFitIsRefusedInOneLine() throws IOException {
    Path file = folder.resolve("search.json");
    String trial =
        "{\"candidate\":4656666890,\"rung\":0,\"budget\":1,\"values\":{},\"score\":1,"
            + "\"seconds\":1,\"history\":[]}";
    Files.writeString(file, "{\"settings\":{\"seed\":1},\"trials\":[" + trial + "]}");
    assertThatThrownBy(() -> TrialLog.open(file, Map.of("seed", 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            file + ": is no log of a search (json: document.trials[0].candidate is too large");
  }

  @Test
  void somethingElseInTheLogsPlaceIsRefused() throws IOException {
    Path file = folder.resolve("search.json");
    Files.writeString(file, "{\"settings\": {\"seed\": 1, \"data\": \"none\"}, \"tri");
    assertThatThrownBy(this::log)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no log of a search");
  }

  @Test
  void candidatesMustFillTheFirstRung() throws IOException {
    TrialLog log = log();
    assertThatThrownBy(
            () -> new Search(CANDIDATES.subList(0, 4), HALVING, (v, b, w) -> score(v, b), log))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 candidates, the first rung is for 9");
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
