package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands end well, say what they found, and write what docs/result-format.md promises. */
class CommandsTest {

  private static final Path FORMAT = Path.of("..", "docs", "result-format.md");
  private static final Pattern FIELD = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|");
  private static final Pattern METRICS = Pattern.compile("(?m)^\\| ([^`|]+) \\| (`[^|]+) \\|$");

  private static final Map<String, Predicate<JsonNode>> TYPES =
      Map.of(
          "string", JsonNode::isTextual,
          "integer", JsonNode::isIntegralNumber,
          "object", JsonNode::isObject,
          "array", JsonNode::isArray);

  @TempDir Path folder;

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    Program help = Program.run(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: trimaran " + command, "--help");
    assertThat(help.err()).isEmpty();
  }

  /** Who asks for help in words gets it, and no command offers what it does not do. */
  @Test
  void helpShowsWhatHasAnEffect() {
    Program all = Program.run("help");
    assertThat(all.exitCode()).isZero();
    assertThat(all.out()).contains("Usage: trimaran", "130 ended by Ctrl-C");
    String serve = Program.run("help", "serve").out();
    assertThat(serve)
        .contains("--port", "--seed", "--threads", "(default: out/serve)")
        .doesNotContain("--dtype", "--quick", "--profile", "--check-against", "out/<command>");
    assertThat(Program.run("predict", "--help").out())
        .contains("--dtype")
        .doesNotContain("--out", "--quick");
    assertThat(Program.run("ablate", "--help").out())
        .contains("--num-validation", "45,000", "--lookahead[=true|false]")
        .doesNotContain("--num-test", "--save", "--resume", "--init");
    Program refused = Program.run("predict", "--out", "x", "seven.png");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--out");
  }

  @Test
  void backendsSaysWhatComputes() {
    Program backends = Program.run("backends", "--threads", "1");
    assertThat(backends.exitCode()).isZero();
    assertThat(backends.out())
        .contains("cpu   usable", "device ", "threads   1", "kernels ", "java ", "start-up ")
        .contains("nd4j ", "djl ");
  }

  @Test
  void dataListSaysWhatIsThere() throws IOException {
    assertThat(Program.run(folder, "data list --data-dir @").out())
        .containsPattern("mnist +not there")
        .containsPattern("cifar10 +not there");
    Program.writeDigits(folder.resolve("mnist"));
    assertThat(Program.run(folder, "data list --data-dir @").out()).containsPattern("mnist +there");
    Program get = Program.run(folder, "data get mnist --data-dir @");
    assertThat(get.exitCode()).isZero();
    assertThat(get.out()).contains("40 training and 20 test images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exercise 30a", "exercise 30b", "exercise 30a --seed -7 --dtype float64"})
  void exercisesWithoutDataWriteTheirResult(String commandLine) throws IOException {
    Program program = Program.run(folder, commandLine + " --quiet --out @/x");
    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(program.out()).contains("Answer 30");
    requireDocumented(folder.resolve("x/result.json"));
  }

  @Test
  void exercise30aIsExact() throws IOException {
    Program.run(folder, "exercise 30a --out @/x");
    JsonNode metrics = read(folder.resolve("x/result.json")).at("/runs/0/metrics");
    assertThat(metrics.get("dy_dx").doubleValue()).isCloseTo(-2, offset(1e-12));
    assertThat(metrics.get("d2y_dx2").doubleValue())
        .isCloseTo(3 * Math.PI * Math.PI, offset(1e-12));
  }

  private static org.assertj.core.data.Offset<Double> offset(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }

  @Test
  void digitsFromTrainingToPrediction() throws IOException {
    Program.writeDigits(folder.resolve("mnist"));
    String data = " --data-dir @ --num-training 30 --num-validation 10 --num-test 20";
    Program exercise =
        Program.run(folder, "exercise 29a --epochs 2 --filters 4 --out @/29a" + data);
    assertThat(exercise.exitCode()).as(exercise.err()).isZero();
    JsonNode result = requireDocumented(folder.resolve("29a/result.json"));
    assertThat(result.at("/runs/0/history/val_accuracy")).hasSize(2);
    assertThat(result.at("/runs/0/layers").toString())
        .isEqualTo(
            "{'conv1':{'weight':[4,1,7,7],'bias':[4]},'fc1':{'weight':[100,784],'bias':[100]},"
                .concat("'fc2':{'weight':[10,100],'bias':[10]}}")
                .replace('\'', '"'));
    assertThat(result.at("/data/files")).hasSize(4);
    assertThat(result.at("/settings/num_training").intValue()).isEqualTo(30);
    Classification.requireOfImages(folder.resolve("29a"), 20);

    Program train =
        Program.run(folder, "train mnist --epochs 20 --filters 4 --save @/m --out @/train" + data);
    assertThat(train.exitCode()).as(train.err()).isZero();
    requireDocumented(folder.resolve("train/result.json"));

    Program evaluate = Program.run(folder, "evaluate --model @/m --data-dir @ --out @/evaluate");
    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(evaluate.out()).contains("Accuracy 1.0000 on 20 images");
    JsonNode metrics = requireDocumented(folder.resolve("evaluate/result.json"));
    assertThat(metrics.at("/runs/0/metrics/confusion/9/9").intValue()).isEqualTo(2);

    Program resumed =
        Program.run(folder, "train mnist --epochs 21 --filters 4 --resume @/m --out @/r" + data);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(read(folder.resolve("r/result.json")).at("/runs/0/history/loss")).hasSize(21);
    assertThat(resumed.out()).doesNotContain("Nothing is left to train");
    Program over =
        Program.run(folder, "train mnist --epochs 5 --filters 4 --resume @/m --out @/r" + data);
    assertThat(over.exitCode()).as(over.err()).isZero();
    assertThat(over.out())
        .contains(
            "Nothing is left to train: the file of --resume has 20 epochs, asked for are 5"
                + " (--epochs)");
  }

  @Test
  void weightsThatTheLastStepRuinsAreNotSaved() throws IOException {
    Program.writeDigits(folder);
    String once =
        "train mnist --epochs 1 --batch-size 30 --filters 4 --learning-rate 1e300 --save @/m"
            + " --data-dir @ --num-training 30 --num-validation 10 --num-test 20 --out @/t";
    Program train = Program.run(folder, once);
    assertThat(train.exitCode()).as(train.out()).isEqualTo(1);
    assertThat(train.err()).contains("of the model holds").contains("after step 1");
    assertThat(folder.resolve("m")).doesNotExist();
    assertThat(folder.resolve("m.safetensors")).doesNotExist();
  }

  @Test
  void trainingStartsFromTheWeightsOfASavedModel() throws IOException {
    Program.writeDigits(folder.resolve("mnist"));
    String data =
        " --data-dir @ --num-training 30 --num-validation 10 --num-test 20 --filters 4 --out @/t";
    Program.run(folder, "train mnist --epochs 20 --save @/m" + data);
    String still = "train mnist --epochs 1 --learning-rate 1e-9";
    assertThat(Program.run(folder, still + data).out()).doesNotContain("Test accuracy 1.0000");
    assertThat(Program.run(folder, still + " --init @/m" + data).out())
        .contains("Test accuracy 1.0000");
    Program other = Program.run(folder, still + " --init @/m --hidden 7" + data);
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("--init", "fc1.weight").hasLineCount(1);
    Program both = Program.run(folder, still + " --init @/m --resume @/m" + data);
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--init", "--resume").hasLineCount(1);
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(file));
  }

  /** Every field of the documented table is there and of its type, and every metric of the run. */
  static JsonNode requireDocumented(Path file) throws IOException {
    JsonNode result = read(file);
    String format = Files.readString(FORMAT);
    List<MatchResult> fields = FIELD.matcher(format).results().toList();
    assertThat(fields).hasSizeGreaterThan(10);
    for (MatchResult field : fields) {
      JsonNode value = result.at("/" + field.group(1).replace("[]", "/0").replace('.', '/'));
      String type = field.group(2).strip().split(" ")[0];
      assertThat(TYPES.get(type).test(value)).as("%s is a %s", field.group(1), type).isTrue();
    }
    String command = result.get("command").textValue().replace("exercise ", "");
    List<String> metrics =
        METRICS
            .matcher(format)
            .results()
            .filter(row -> row.group(1).strip().equals(command))
            .flatMap(row -> Stream.of(row.group(2).replace("`", "").strip().split(", ")))
            .toList();
    assertThat(metrics).as("metrics of " + command).isNotEmpty();
    assertThat(result.at("/runs/0/metrics").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(metrics);
    return result;
  }
}
