package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./trimaran} says before it builds anything. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  @TempDir Path folder;
  private Path script;

  private record Answer(int exitCode, String text) {}

  @BeforeEach
  void find() {
    script = Path.of("..", "trimaran").toAbsolutePath().normalize();
    assumeTrue(Files.isExecutable(script), "no launcher beside this module");
  }

  private static Answer run(Path launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", launcher.toString(), "--help").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  @Test
  void flagsThatTheJvmRefusesAreShown() throws Exception {
    Answer answer = run(script, Map.of("TRIMARAN_JAVA_OPTS", "-XX:NoSuchFlag"));
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text())
        .contains("NoSuchFlag")
        .contains("the JVM does not start with TRIMARAN_JAVA_OPTS='-XX:NoSuchFlag'");
  }

  @Test
  void aFolderWithAColonInItsNameIsRefusedWithTheReason() throws Exception {
    Path clone = Files.createDirectory(folder.resolve("a:b"));
    Answer answer = run(Files.copy(script, clone.resolve("trimaran")), Map.of());
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text()).contains("a:b").contains("class path by colons").contains("move it");
  }
}
