package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.examples.report.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A {@code result.json} as it was found. Older ones lack some fields: whatever is not there is a
 * missing node.
 *
 * @param folder it lies in, with its pictures
 * @param json all of it; has a command and runs
 */
public record SavedResult(Path folder, JsonNode json) {

  private static final long LARGEST = 64L << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a file, or the {@code result.json} of a folder.
   *
   * @throws IllegalArgumentException if it is not there or is no result, in one line
   */
  public static SavedResult read(Path place) {
    Path file = Files.isDirectory(place) ? place.resolve(ResultFile.NAME) : place;
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no " + file + "; name a folder that a command wrote, or its result.json");
    }
    JsonNode json = parse(file);
    require(file, json.path("command").isTextual(), "it names no command");
    require(file, json.path("runs").isArray(), "it has no runs");
    for (JsonNode run : json.get("runs")) {
      require(file, run.path("name").isTextual(), "a run has no name");
      require(file, run.path("metrics").isObject(), "a run has no metrics");
    }
    return new SavedResult(file.toAbsolutePath().getParent(), json);
  }

  private static JsonNode parse(Path file) {
    try {
      require(file, Files.size(file) <= LARGEST, "it is larger than 64 MB");
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + " is not a result: no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void require(Path file, boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(file + " is not a result: " + otherwise);
    }
  }

  /** What was run: {@code "exercise 29a"}. */
  public String command() {
    return json.get("command").textValue();
  }

  /** The runs, in order. */
  JsonNode runs() {
    return json.get("runs");
  }

  /** The run of that name, or a missing node. */
  JsonNode run(String name) {
    for (JsonNode run : runs()) {
      if (run.get("name").textValue().equals(name)) {
        return run;
      }
    }
    return runs().path(-1);
  }
}
