package io.github.trimaran.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/comparison.md} shows is this code, as long as it says, and does the tasks. */
@Tag("one-jdk")
class ComparisonTest {

  private static final List<String> LIBRARIES = List.of("Trimaran", "DJL", "DL4J");
  private static final List<String> TASKS =
      List.of("train digits", "own layer", "fine-tune", "serve", "load PyTorch weights");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Trimaran", "DJL", "DL4J"})
  void theTasksAreDone(String name) throws Exception {
    Library library = Seconds.library(name);
    TrainTest digits = EmbeddedDigits.trainTest(500, 200);
    Digits train = Digits.of(digits.train());
    Digits test = Digits.of(digits.test());
    double accuracy = library.trainDigits(train, test);
    assertThat(accuracy).isGreaterThan(0.4);
    assertThat(library.ownLayer(train, test)).isGreaterThan(0.25);
    // What a library frees when the collector runs must not be what the next tasks need.
    System.gc();
    System.runFinalization();
    assertThat(library.fineTune(train.parity(), test.parity())).isGreaterThan(0.55);
    assertThat(Seconds.share(library.serve(folder), test, 200)).isBetween(accuracy - 0.01, 1.0);
    // The weights are the numbers 0 to 11 in three rows of four.
    Path weights = Seconds.weights(library.formOfWeights(), folder);
    assertThat(library.loadWeights(weights, new float[] {1, 1, 1, 1})).containsExactly(6, 22, 38);
  }

  @Test
  void thePageShowsTheCodeAndItsLength() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "comparison.md"));
    for (String task : TASKS) {
      StringBuilder lengths = new StringBuilder();
      for (String library : LIBRARIES) {
        List<String> code = code(library, task);
        assertThat(page).contains("```java\n" + String.join("\n", code) + "\n```");
        lengths.append(" ").append(code.stream().filter(line -> !line.isBlank()).count());
        lengths.append(" |");
      }
      assertThat(page).contains("| " + task + " |" + lengths);
    }
  }

  /** A task of a library, without its indentation. */
  private static List<String> code(String library, String task) throws IOException {
    String file = "With" + library.charAt(0) + library.substring(1).toLowerCase(Locale.ROOT);
    Path source =
        Path.of("src", "test", "java", ComparisonTest.class.getPackageName().replace('.', '/'))
            .resolve(file + ".java");
    List<String> code = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(source)) {
      if (line.strip().equals("// end")) {
        inside = false;
      }
      if (inside) {
        code.add(line.isBlank() ? "" : line.substring(2));
      }
      if (line.strip().equals("// begin: " + task)) {
        inside = true;
      }
    }
    while (code.get(code.size() - 1).isBlank()) {
      code.remove(code.size() - 1);
    }
    return code;
  }
}
