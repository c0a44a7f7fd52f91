package io.github.trimaran.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Java of notebooks, in one shell for all tests. */
class CellsTest {

  private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
  private static Cells cells;

  @BeforeAll
  static void open() {
    PrintStream out = new PrintStream(PRINTED, true, StandardCharsets.UTF_8);
    cells = new Cells(out, out, List.of());
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  @Test
  void aCellShowsTheExpressionItEndsWith() {
    assertThat(cells.run("int a = 20;\na + 1\n")).isEqualTo("21");
    assertThat(cells.run("a")).isEqualTo("20");
    assertThat(cells.run("a + 1;")).isNull();
    assertThat(cells.run("a + 1;\nint b = 2;")).isNull();
    assertThat(cells.run("// nothing\n")).isNull();
  }

  @Test
  void whatOneCellDeclaresTheNextMayUse() {
    assertThat(cells.run("int twice(int x) {\n  return 2 * x;\n}\n// done\n")).isNull();
    assertThat(cells.run("\"#\".repeat(twice(2))\n    .length()")).isEqualTo("4");
  }

  @Test
  void whatIsPrintedIsHandedOn() {
    cells.run("System.out.println(\"printed \" + 3 * 7);");
    assertThat(PRINTED.toString(StandardCharsets.UTF_8)).contains("printed 21");
  }

  private static void requireRefused(String cell, String... words) {
    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(CellException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatIsWrongIsTold() {
    requireRefused("int c = \"text\";", "int c", "incompatible types");
    requireRefused("int d = ;", "illegal start of expression");
    requireRefused("int[] one = new int[1];\none[2]", "ArrayIndexOutOfBoundsException");
    requireRefused("for (int i = 0; i < 3; i++) {", "not a whole statement");
    requireRefused("int e() { return missing(); }", "lacks", "missing");
  }

  @Test
  void anInterruptEndsWhatRuns() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          CompletableFuture<Void> endless =
              CompletableFuture.runAsync(
                  () -> cells.run("System.out.println(\"begun\"); while (true) Thread.sleep(5);"));
          while (!PRINTED.toString(StandardCharsets.UTF_8).contains("begun")) {
            Thread.sleep(5);
          }
          while (!endless.isDone()) {
            cells.stop();
            Thread.sleep(20);
          }
          assertThat(cells.run("1 + 1")).isEqualTo("2");
        });
  }

  @Test
  void aJvmThatEndsIsReplaced() {
    cells.run("int lost = 1;");
    requireRefused("System.exit(3);", "has ended");
    requireRefused("lost", "cannot find symbol");
    assertThat(cells.run("2 + 2")).isEqualTo("4");
  }

  @Test
  void completesAndDescribes() {
    assertThat(cells.completions("Math.ab", 7).words()).contains("abs(");
    assertThat(cells.completions("Math.ab", 7).from()).isEqualTo(5);
    assertThat(cells.documentation("Math.abs(", 9)).contains("double Math.abs(double");
    assertThat(cells.completeness("if (true) {").isComplete()).isFalse();
  }
}
