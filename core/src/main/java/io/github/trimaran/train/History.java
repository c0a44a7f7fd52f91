package io.github.trimaran.train;

import io.github.trimaran.io.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What happened in training, checkpoints and interruptions included.
 *
 * <pre>{@code
 * History history = trainer.fit(batches, 10);
 * Files.writeString(Path.of("history.csv"), history.toCsv());
 * double best = history.epochs().get(history.bestEpoch() - 1).validationAccuracy();
 * }</pre>
 */
public final class History {

  private final List<Double> losses = new ArrayList<>();
  private final List<EpochRecord> epochs = new ArrayList<>();
  private int bestEpoch;
  private boolean interrupted;

  History() {}

  /** The loss of every step, regularisation included. */
  public List<Double> losses() {
    return Collections.unmodifiableList(losses);
  }

  /** The epochs that are over. */
  public List<EpochRecord> epochs() {
    return Collections.unmodifiableList(epochs);
  }

  /** The last epoch that is over; null if none is. */
  public EpochRecord last() {
    return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
  }

  /** The epoch, from 1, whose validation was best; 0 if there was none. */
  public int bestEpoch() {
    return bestEpoch;
  }

  /** The names of the metrics of any epoch, in order. */
  List<String> metrics() {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.metrics().keySet()));
    return List.copyOf(names);
  }

  /** Whether training was asked to stop before its end. */
  public boolean isInterrupted() {
    return interrupted;
  }

  /**
   * The epochs as comma-separated values, a line each under a line of names, metrics last; what is
   * not known is empty. {@link #epochsOfCsv} reads it.
   */
  public String toCsv() {
    return HistoryText.toCsv(this);
  }

  /**
   * The epochs of a table that {@link #toCsv} or {@link CsvListener} wrote.
   *
   * @throws IllegalArgumentException in one line, if it is something else
   */
  public static List<EpochRecord> epochsOfCsv(String table) {
    return HistoryText.epochsOfCsv(table);
  }

  /** All of it as JSON, the loss of every step included; {@link #ofJson} reads it. */
  public String toJson() {
    return HistoryText.toJson(this);
  }

  /**
   * A history that {@link #toJson} wrote.
   *
   * @throws JsonException in one line, if it is something else
   */
  public static History ofJson(String text) throws JsonException {
    return HistoryText.ofJson(text);
  }

  void add(double loss) {
    losses.add(loss);
  }

  void add(EpochRecord epoch) {
    epochs.add(epoch);
  }

  void bestEpoch(int epoch) {
    bestEpoch = epoch;
  }

  void interrupted(boolean stopped) {
    interrupted = stopped;
  }
}
