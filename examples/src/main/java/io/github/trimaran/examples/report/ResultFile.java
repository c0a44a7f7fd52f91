package io.github.trimaran.examples.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.diagnostics.Profile;
import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
 * @param profile time by operation and layer; empty if that was not asked for
 */
@JsonPropertyOrder({
  "trimaran",
  "commit",
  "command",
  "question",
  "answer",
  "seed",
  "backend",
  "data",
  "settings",
  "runs",
  "pictures",
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
    this(trimaran, command, seed, backend, data, settings, runs, pictures, "", "", "", List.of());
  }

  /** The same, answering a question. */
  public ResultFile answering(String what, String found) {
    return new ResultFile(
        trimaran, command, seed, backend, data, settings, runs, pictures, commit, what, found,
        profile);
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
        times.stream().map(OperationTime::of).toList());
  }

  /** Writes the file into a directory, whole or not at all. */
  public void write(Path directory) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(this);
    AtomicFiles.write(directory.resolve(NAME), json);
  }
}
