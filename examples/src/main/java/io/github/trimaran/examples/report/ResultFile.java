package io.github.trimaran.examples.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.diagnostics.Profile;
import io.github.trimaran.io.files.AtomicFiles;
import io.github.trimaran.io.weights.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of {@code result.json}; see {@code docs/result-format.md}.
 *
 * @param trimaran the version
 * @param command as typed, without options
 * @param seed of everything random
 * @param backend what computed
 * @param data what was computed on
 * @param settings by their option's name with underscores
 * @param runs one or more
 * @param pictures file names beside this file
 * @param commit the program was built from; empty where that is not known
 * @param question that was set; empty where there is none
 * @param answer to it, with the numbers found
 * @param theory behind the question: paragraphs, formulas indented by four spaces; empty where
 *     there is none
 * @param parameters bytes of a network's parameters and buffers by the layer that has them; empty
 *     where there is not one network
 * @param profile time and memory by operation and layer; empty if that was not asked for
 */
@JsonPropertyOrder({
  "trimaran",
  "commit",
  "command",
  "question",
  "answer",
  "theory",
  "seed",
  "backend",
  "data",
  "settings",
  "runs",
  "pictures",
  "parameters",
  "profile"
})
public record ResultFile(
    String trimaran,
    String command,
    long seed,
    BackendFacts backend,
    DataFacts data,
    Map<String, Object> settings,
    List<Run> runs,
    List<String> pictures,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String commit,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String question,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String answer,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String theory,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> parameters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OperationTime> profile) {

  /** The file's name. */
  public static final String NAME = "result.json";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * The part of a backend's facts that the file keeps.
   *
   * @param name as {@code --backend} has it
   * @param device what computed
   * @param threads how many computed
   * @param versions of what the numbers may depend on
   */
  public record BackendFacts(
      @JsonProperty String name,
      @JsonProperty String device,
      @JsonProperty int threads,
      @JsonProperty Map<String, String> versions) {

    /** The facts of a backend. */
    public static BackendFacts of(BackendInfo info) {
      return new BackendFacts(info.name(), info.device(), info.threads(), info.versions());
    }
  }

  /** A result without what not every command has. */
  public ResultFile(
      String trimaran,
      String command,
      long seed,
      BackendFacts backend,
      DataFacts data,
      Map<String, Object> settings,
      List<Run> runs,
      List<String> pictures) {
    this(
        trimaran, command, seed, backend, data, settings, runs, pictures, "", "", "", "", Map.of(),
        List.of());
  }

  /** The same, answering a question by that theory. */
  public ResultFile answering(String what, String found, String by) {
    return new ResultFile(
        trimaran,
        command,
        seed,
        backend,
        data,
        settings,
        runs,
        pictures,
        commit,
        what,
        found,
        by,
        parameters,
        profile);
  }

  /** The same of one network with these parameters. */
  public ResultFile ofNetwork(StateDict weights) {
    Map<String, Long> bytes = new TreeMap<>();
    weights
        .arrays()
        .forEach(
            (name, values) -> {
              String layer = name.substring(0, Math.max(0, name.lastIndexOf('.')));
              long size = (long) values.shape().size() * values.dtype().bytes();
              bytes.merge(layer.replace('.', '/'), size, Long::sum);
            });
    return new ResultFile(
        trimaran, command, seed, backend, data, settings, runs, pictures, commit, question, answer,
        theory, bytes, profile);
  }

  /** The same, computed by a program of that commit, with what its profile says. */
  public ResultFile computedBy(String program, List<Profile.Entry> times) {
    return new ResultFile(
        trimaran,
        command,
        seed,
        backend,
        data,
        settings,
        runs,
        pictures,
        program,
        question,
        answer,
        theory,
        parameters,
        times.stream().map(OperationTime::of).toList());
  }

  /** Writes the file into a directory, whole or not at all. */
  public void write(Path directory) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(this);
    AtomicFiles.write(directory.resolve(NAME), json);
  }
}
