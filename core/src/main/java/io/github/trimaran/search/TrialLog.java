package io.github.trimaran.search;

import io.github.trimaran.io.files.AtomicFiles;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The trials of a search in a file that is whole at any moment, so that a search that was killed
 * goes on where it was. The file names the settings it belongs to, and serves no others.
 *
 * <pre>{@code
 * TrialLog log = TrialLog.open(Path.of("search.json"), Map.of("seed", 1L));
 * System.out.println(log.trials().size() + " trials so far");
 * }</pre>
 */
public final class TrialLog {

  /** In place of a value that is null. */
  private static final String NOT_SET = "not set";

  private final Path file;
  private final Map<String, Object> settings;
  private final List<Trial> trials;

  private TrialLog(Path file, Map<String, Object> settings, List<Trial> trials) {
    this.file = file;
    this.settings = new LinkedHashMap<>(settings);
    this.trials = trials;
  }

  /**
   * The log in a file, empty if there is no file.
   *
   * @param settings everything the trials depend on, as numbers, words, truth values and null; one
   *     that the file does not have is null there
   * @throws IllegalArgumentException if the file is of other settings, damaged or something else,
   *     or cannot be read
   */
  public static TrialLog open(Path file, Map<String, Object> settings) throws IOException {
    if (!Files.exists(file)) {
      return new TrialLog(file, settings, new ArrayList<>());
    }
    byte[] content = read(file);
    try {
      JsonObject json = Json.parseObject(content);
      refuseOther(file, json.object("settings"), settings);
      List<Trial> trials = new ArrayList<>();
      for (JsonObject trial : json.objects("trials")) {
        trials.add(Trial.fromJson(trial));
      }
      refuseDamaged(file, trials);
      return new TrialLog(file, settings, trials);
    } catch (JsonException e) {
      throw new IllegalArgumentException(
          file + ": is no log of a search (" + e.getMessage() + "); delete it to start afresh", e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      String reason =
          Files.isDirectory(file)
              ? "is a folder, where the log of a search would be"
              : "the log of a search cannot be read (" + e.getClass().getSimpleName() + ")";
      throw new IllegalArgumentException(
          file + ": " + reason + "; move it away or choose another folder with --out", e);
    }
  }

  /** A trial that is there twice would count once, and one without a candidate not at all. */
  private static void refuseDamaged(Path file, List<Trial> trials) {
    Set<List<Integer>> places = new HashSet<>();
    for (Trial trial : trials) {
      String place = "candidate " + trial.candidate() + " on rung " + trial.rung();
      if (trial.candidate() < 1 || trial.rung() < 0) {
        throw damaged(file, "there is no " + place);
      }
      if (!places.add(List.of(trial.candidate(), trial.rung()))) {
        throw damaged(file, place + " is there twice");
      }
    }
  }

  private static IllegalArgumentException damaged(Path file, String reason) {
    return new IllegalArgumentException(
        file + ": is a damaged log of a search (" + reason + "); delete it to start afresh");
  }

  private static void refuseOther(Path file, JsonObject logged, Map<String, Object> settings)
      throws JsonException {
    for (Map.Entry<String, Object> asked : settings.entrySet()) {
      Object there = logged.has(asked.getKey()) ? logged.value(asked.getKey()) : null;
      if (!Objects.toString(there).equals(Objects.toString(asked.getValue()))) {
        throw new IllegalArgumentException(
            file
                + ": a search with other settings ("
                + asked.getKey()
                + " is "
                + Objects.toString(there, NOT_SET)
                + " there, "
                + Objects.toString(asked.getValue(), NOT_SET)
                + " here); go on with those, choose another folder with --out, or delete the file"
                + " to start afresh");
      }
    }
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** The trials that are over, in the order they ended. */
  public synchronized List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** The trial of a candidate on a rung, if it is over. */
  public synchronized Optional<Trial> find(int candidate, int rung) {
    return trials.stream()
        .filter(trial -> trial.candidate() == candidate && trial.rung() == rung)
        .findFirst();
  }

  /** Notes a trial; when this returns it is in the file. */
  public synchronized void add(Trial trial) throws IOException {
    trials.add(trial);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("settings", settings);
    json.put("trials", trials.stream().map(Trial::toJson).toList());
    AtomicFiles.write(file, Json.writePretty(json));
  }

  /** Removes the file: the search is over and its results are elsewhere. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
