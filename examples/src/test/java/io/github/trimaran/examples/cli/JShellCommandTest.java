package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java shell with everything imported. */
class JShellCommandTest {

  @TempDir Path folder;

  @Test
  void runsAFileWithEverythingImported() throws Exception {
    Path file = folder.resolve("ask.jsh");
    Files.writeString(
        file,
        """
        System.out.println(backend.info().name() + " " + Tensor.of(backend, 1, 2, 3).sum().item());
        /exit 3
        """);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      exitCode =
          JShellCommand.run(
              new ByteArrayInputStream(new byte[0]),
              stream,
              stream,
              "cpu",
              List.of(file.toString()));
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("cpu 6.0");
    assertThat(exitCode).isEqualTo(3);
  }

  @Test
  void aFileThatIsNotThereIsToldByName() {
    Program program = Program.run("jshell", "no-such-file.jsh");
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains("jshell: no-such-file.jsh cannot be read");
  }
}
