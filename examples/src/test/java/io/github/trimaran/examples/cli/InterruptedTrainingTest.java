package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ends a training from outside, as Ctrl-C does, and goes on with it. */
@Tag("one-jdk")
class InterruptedTrainingTest {

  private static final List<String> TRAIN =
      List.of(
          "train",
          "mnist",
          "--data",
          "embedded",
          "--backend",
          "cpu",
          "--num-training",
          "300",
          "--num-validation",
          "0",
          "--num-test",
          "100",
          "--batch-size",
          "10",
          "--epochs",
          "12",
          "--hidden",
          "20",
          "--filters",
          "8",
          "--threads",
          "2");

  @TempDir Path folder;

  private List<String> arguments(Path out, String... more) {
    List<String> arguments = new ArrayList<>(TRAIN);
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static void run(List<String> arguments) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            arguments.toArray(new String[0]));
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
  }

  private static Process start(List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-modules"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static JsonNode run(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("result.json").toFile()).get("runs").get(0);
  }

  /** A folder that becomes a file stands for a disk that is full. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void saysThatItCouldNotSave() throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    Path model = place.resolve("model.safetensors");
    Path log = folder.resolve("log.txt");
    List<String> arguments = arguments(folder.resolve("out"), "--save", model.toString());
    arguments.set(arguments.indexOf("12"), "2000");
    Process process = start(arguments, log);
    try {
      while (!Files.exists(model) && process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      Files.move(place, folder.resolve("elsewhere"));
      Files.createFile(place);
      process.destroy();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(log))
        .contains("cannot write " + model)
        .doesNotContain("Interrupted; saved");
  }

  @Test
  void aFinishedTrainingResumedIsSavedWhereItWasAsked() {
    Path first = folder.resolve("a.safetensors");
    Path second = folder.resolve("b.safetensors");
    List<String> arguments = arguments(folder.resolve("out"), "--save", first.toString());
    arguments.set(arguments.indexOf("12"), "1");
    run(arguments);
    arguments.set(arguments.indexOf(first.toString()), second.toString());
    arguments.addAll(List.of("--resume", first.toString()));
    run(arguments);
    assertThat(second).hasSameBinaryContentAs(first);
  }

  /** SIGTERM, which is what there is in Java, runs the same hooks as the SIGINT of Ctrl-C. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void savesSaysHowToGoOnAndGoesOnBitForBit() throws Exception {
    Path whole = folder.resolve("whole");
    run(arguments(whole));

    Path model = folder.resolve("model.safetensors");
    Path log = folder.resolve("log.txt");
    Path broken = folder.resolve("broken");
    Process process = start(arguments(broken, "--save", model.toString()), log);
    try {
      while (!Files.exists(model) && process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(10); // for the first epoch's checkpoint
      }
      process.destroy();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(Files.readString(log))
        .contains("Interrupted; saved in " + model)
        .contains("Go on with the same command and --resume " + model)
        .doesNotContain("Test accuracy");
    assertThat(broken.resolve("result.json")).doesNotExist();

    Path resumed = folder.resolve("resumed");
    run(arguments(resumed, "--save", model.toString(), "--resume", model.toString()));
    JsonNode expected = run(whole);
    JsonNode found = run(resumed);
    assertThat(found.get("history").get("step_loss")).hasSize(360);
    assertThat(found.get("history")).isEqualTo(expected.get("history"));
    assertThat(found.get("metrics").get("test_accuracy"))
        .isEqualTo(expected.get("metrics").get("test_accuracy"));
  }
}
