package io.github.trimaran.examples.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.examples.cli.Main;
import io.github.trimaran.examples.cli.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebook of the guide runs, as Java anywhere and in Jupyter where that is to be had. */
@Tag("one-jdk")
class NotebookTest {

  private static final Path NOTEBOOK = Path.of("..", "docs", "guide", "trimaran.ipynb");

  @TempDir Path folder;

  private static List<JsonNode> code(Path notebook) throws IOException {
    List<JsonNode> cells = new ArrayList<>();
    for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static String source(JsonNode cell) {
    StringBuilder text = new StringBuilder();
    cell.get("source").forEach(line -> text.append(line.asText()));
    return text + "\n";
  }

  @Test
  void itsCellsAreTheReadmesAndRun() throws IOException {
    List<JsonNode> cells = code(NOTEBOOK);
    String readme = Files.readString(Path.of("..", "README.md"));
    assertThat(readme).contains("```java\n" + source(cells.get(0)) + "```");
    try (Shell shell = new Shell("cpu")) {
      for (JsonNode cell : cells) {
        shell.run(source(cell));
      }
      assertThat(Double.parseDouble(shell.value("accuracy"))).isGreaterThan(0.8);
    }
  }

  @Test
  void noOutputIsCommitted() throws IOException {
    assertThat(code(NOTEBOOK)).allSatisfy(cell -> assertThat(cell.get("outputs")).isEmpty());
  }

  @Test
  void jupyterExecutesIt() throws Exception {
    assumeTrue(answers("jupyter", "nbconvert", "--version"), "no jupyter nbconvert on the PATH");
    PrintWriter said = new PrintWriter(System.out, true);
    assertThat(Main.run(said, said, "jupyter", "--folder", folder.toString())).isZero();
    Path done = folder.resolve("done.ipynb");
    ProcessBuilder jupyter =
        new ProcessBuilder("jupyter", "nbconvert", "--to", "notebook", "--execute");
    jupyter.command().addAll(List.of("--ExecutePreprocessor.kernel_name=trimaran", "--output-dir"));
    jupyter.command().addAll(List.of(folder.toString(), "--output", "done", NOTEBOOK.toString()));
    jupyter.environment().put("JUPYTER_PATH", folder.toString());
    Process process = jupyter.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();

    List<JsonNode> cells = code(done);
    assertThat(Double.parseDouble(result(cells.get(1)))).isGreaterThan(0.8);
    assertThat(cells.get(2).at("/outputs/0/text").toString()).contains("[ 4.  8. 12.]");
    assertThat(Double.parseDouble(result(cells.get(3)))).isBetween(29.6088, 29.6089);
  }

  private static String result(JsonNode cell) {
    JsonNode text = cell.at("/outputs/0/data/text~1plain");
    return text.isArray() ? text.get(0).asText() : text.asText();
  }

  private static boolean answers(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
