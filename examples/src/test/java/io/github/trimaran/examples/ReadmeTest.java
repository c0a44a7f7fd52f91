package io.github.trimaran.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.examples.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in README.md runs as it stands there, pasted into a Java shell. */
class ReadmeTest {

  private static final Pattern CODE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

  private static List<String> code() throws IOException {
    return CODE.matcher(Files.readString(Path.of("..", "README.md")))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  @Test
  void theProgramLearnsDigits() throws IOException {
    try (Shell shell = new Shell("cpu")) {
      shell.run(code().get(0));
      assertThat(Double.parseDouble(shell.run("Digits.main();\n"))).isGreaterThan(0.85);
    }
  }

  @Test
  void theProgramIsTheOneInTheCatalogOfJBang() throws IOException {
    Path file = Path.of("..", "docs", "guide", "Digits.java");
    assertThat(code().get(0)).isEqualTo(Files.readString(file));
    assertThat(Files.readString(Path.of("..", "jbang-catalog.json")))
        .contains("\"docs/guide/Digits.java\"");
  }

  @Test
  void whatIsPastedIntoAShellRuns() throws IOException {
    List<String> code = code();
    assertThat(code).hasSize(4);
    try (Shell shell = new Shell("cpu")) {
      shell.run(code.get(1));
      assertThat(Double.parseDouble(shell.value("accuracy"))).isGreaterThan(0.8);
      shell.run(code.get(2));
      assertThat(Double.parseDouble(shell.value("d2y.item()"))).isBetween(29.6088, 29.6089);
      shell.run(code.get(3));
    }
  }
}
