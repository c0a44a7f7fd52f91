package io.github.trimaran.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.examples.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/**
 * One call of the program inside this JVM.
 *
 * @param exitCode it ended with
 * @param out what it said
 * @param err what went wrong
 */
record Program(int exitCode, String out, String err) {

  /** Splits a command line at spaces; {@code @} stands for a folder. */
  static Program run(Path folder, String commandLine) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            commandLine.strip().replace("@", folder.toString()).split("\\s+"));
    return new Program(exitCode, out.toString(), err.toString());
  }

  Program succeeded() {
    assertThat(err).isEmpty();
    assertThat(exitCode).isZero();
    return this;
  }

  /** What it said in its one line when it did not do what was asked. */
  String refusal(int expected) {
    assertThat(err.strip()).startsWith("trimaran: ").doesNotContain("\n");
    assertThat(exitCode).as(err).isEqualTo(expected);
    return err.strip();
  }

  static JsonNode result(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("result.json").toFile());
  }
}
