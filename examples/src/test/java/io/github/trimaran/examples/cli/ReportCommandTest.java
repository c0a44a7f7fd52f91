package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that compute write a report, and {@code report} makes it anew and compares runs. */
class ReportCommandTest {

  private static final String DIGITS =
      " --data-dir @ --num-training 30 --num-validation 10 --num-test 20 --filters 4";

  @TempDir Path folder;

  @Test
  void anExerciseWritesItsQuestionAndAnswer() throws IOException {
    Program exercise = Program.run(folder, "exercise 30a --profile --out @/x");
    assertThat(exercise.exitCode()).as(exercise.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(folder.resolve("x/result.json").toFile());
    assertThat(exercise.out())
        .contains(result.get("question").textValue(), result.get("answer").textValue());
    assertThat(result.at("/profile/0/seconds").doubleValue()).isPositive();
    assertThat(folder.resolve("x/report.html"))
        .content()
        .contains(
            "<h1>exercise 30a on cpu</h1>",
            "dy_dx",
            "Time and memory by layer",
            "<h2>Theory</h2>",
            "By the product rule");
  }

  @Test
  void twoTrainingsAreCompared() throws IOException {
    Program.writeDigits(folder);
    Program.run(folder, "train mnist --epochs 2 --out @/a" + DIGITS);
    Program.run(folder, "train mnist --epochs 3 --out @/b" + DIGITS);
    assertThat(folder.resolve("a/report.html")).content().contains("<h1>train mnist on cpu</h1>");

    Files.delete(folder.resolve("a/report.html"));
    Program again = Program.run(folder, "report @/a");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("Report in " + folder.resolve("a/report.html"));
    assertThat(folder.resolve("a/report.html")).content().contains("<h1>train mnist on cpu</h1>");

    Program both = Program.run(folder, "report @/a @/b/result.json --out @/new/both.html");
    assertThat(both.exitCode()).as(both.err()).isZero();
    assertThat(folder.resolve("new/both.html"))
        .content()
        .contains("train mnist: 2 runs side by side", "epochs <span class=\"mark\">differs</span>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Missing required parameter: 'RUN' | report
          there is no @/absent; name a folder that a command wrote | report @/absent
          there is no @/empty/result.json; name a folder | report @/empty
          is not a result: no JSON | report @/text.json
          is not a result: no JSON | report @/cut.json
          is not a result: it names no command | report @/array.json
          is not a result: it has no runs | report @/noruns.json
          is not a result: a run has no metrics | report @/nometrics.json
          runs of different commands cannot be compared | report @/good.json @/other.json
          --out: @/empty is a folder | report @/good.json --out @/empty
          cannot write @/text.json/x | report @/good.json --out @/text.json/x
          """)
  void whatIsNoResultIsOneLine(String message, String commandLine) throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    write("text.json", "neither");
    write("cut.json", "{\"command\": \"x\", \"runs\": [");
    write("array.json", "[]");
    write("noruns.json", "{\"command\": \"x\"}");
    write("nometrics.json", "{\"command\": \"x\", \"runs\": [{\"name\": \"r\"}]}");
    write("good.json", "{\"command\": \"x\", \"runs\": []}");
    write("other.json", "{\"command\": \"y\", \"runs\": []}");
    Program program = Program.run(folder, commandLine);
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains(message.replace("@", folder.toString())).hasLineCount(1);
    assertThat(folder.resolve("report.html")).doesNotExist();
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
